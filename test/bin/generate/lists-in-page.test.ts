import { describe, expect, test } from 'vitest';
import { fillLists } from '#bin/generate/lists-in-page.ts';

const all = ['one', 'two', 'three'].map((name) => ({ name }));
const page = (...lists: readonly string[]) =>
  ['# Page', ...lists.map((names) => `<!-- of: ${names} -->\nwhatever\n<!-- end -->`), 'The end.'].join('\n');
const fill = (text: string) => fillLists(text, 'of', all, (listed) => listed.map(({ name }) => name).join());

describe('the lists of a page', () => {
  test('have what they name, in that order; others have the rest, and the page stays as it is', () => {
    expect(fill(page('two, one', 'others'))).toBe(
      '# Page\n<!-- of: two, one -->\n\ntwo,one\n<!-- end -->\n<!-- of: others -->\n\nthree\n<!-- end -->\nThe end.',
    );
  });

  test('are the same when they are made again, also where nothing is left for others', () => {
    const made = fill(page('one, two, three', 'others'));
    expect(made).toContain('<!-- of: others -->\n<!-- end -->');
    expect(fill(made)).toBe(made);
  });

  test('name nothing that there is not, and leave nothing out', () => {
    expect(() => fill(page('one, four', 'others'))).toThrow('what there is not: four');
    expect(() => fill(page('one, two'))).toThrow('does not list three');
  });
});
