import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wrapText } from '#cli/render/wrap.ts';

const key = '222222222222/eu-west-1/asg/checkout';

describe('wrapText', () => {
  test('leaves text unchanged without a width, or if it fits', () => {
    const text = `${'word '.repeat(40)}\n  next`;
    expect(wrapText(text, undefined)).toBe(text);
    expect(wrapText('  fits  exactly', 15)).toBe('  fits  exactly');
  });

  test('breaks at spaces, with a hanging indent', () => {
    expect(wrapText('  Nothing was touched: the request did not say so', 30)).toBe(
      '  Nothing was touched: the\n    request did not say so',
    );
  });

  test('never breaks an id: reduces its indent, or lets it overflow', () => {
    expect(wrapText(`      Spared: ${key} is leashed`, 36)).toBe(
      `      Spared:\n ${key}\n        is leashed`,
    );
    expect(wrapText(`see ${key}`, 24)).toBe(`see\n${key}`);
  });

  test('keeps columns while there is room for the second', () => {
    expect(wrapText('  ✓ min-healthy          3 healthy, at least 2 are needed', 50)).toBe(
      '  ✓ min-healthy          3 healthy, at least 2 are\n                         needed',
    );
  });

  test('puts the second column below the first when there is none', () => {
    expect(wrapText(`    ${key}  2 of 3 desired instances are healthy`, 48)).toBe(
      `    ${key}\n        2 of 3 desired instances are healthy`,
    );
  });

  test('breaks a command so that it can be pasted: with backslashes, and never inside quotes', () => {
    expect(wrapText(`To lift it: ./chaos leash ${key} --off`, 60)).toBe(
      `To lift it:\n  ./chaos leash ${key} --off`,
    );
    expect(wrapText(`./chaos veto ${key} --until 3d --reason "a new release"`, 40)).toBe(
      `./chaos veto \\\n  ${key} \\\n  --until 3d --reason "a new release"`,
    );
    expect(wrapText("./chaos leash '222222222222/eu-west-1/tag/ann'\\''s web' --off", 52)).toBe(
      "./chaos leash \\\n  '222222222222/eu-west-1/tag/ann'\\''s web' --off",
    );
  });

  test('breaks a command with an unclosed quote without losing anything', () => {
    const wrapped = wrapText(`./chaos veto ${key} --reason ann's new release`, 40);
    expect(wrapped.replace(/ \\\n */g, ' ')).toBe(`./chaos veto ${key} --reason ann's new release`);
  });

  test('treats a sentence that contains a command as prose', () => {
    expect(wrapText('Any of them: ./chaos explain GROUP says why.', 30)).not.toContain('\\');
  });

  test('ignores colors in the width', () => {
    const bold = (text: string) => `\u001b[1m${text}\u001b[22m`;
    expect(wrapText(`${bold('Not stopped.')} Fine`, 17)).toBe(`${bold('Not stopped.')} Fine`);
    expect(wrapText(`${bold('Not')} ${bold('stopped')}`, 10)).toBe(`${bold('Not')}\n  ${bold('stopped')}`);
  });

  test('leaves JSON alone', () => {
    const json = JSON.stringify({ text: 'word '.repeat(40) }, null, 2);
    expect(wrapText(json, 40)).toBe(json);
    expect(wrapText('[Errno 13] permission denied', 20)).toBe('[Errno 13]\n  permission denied');
  });

  test('keeps every word, and makes no line wider unless a single word is', () => {
    const word = fc.stringMatching(/^[\w/.:-]{1,45}$/);
    const line = fc
      .tuple(fc.nat(30), fc.array(fc.tuple(word, fc.constantFrom(' ', ' ', ' ', '  ')), { maxLength: 30 }))
      .map(([indent, words]) => `${' '.repeat(indent)}${words.flat().join('')}`.trimEnd());
    fc.assert(
      fc.property(line, fc.integer({ min: 20, max: 120 }), (text, width) => {
        const wrapped = wrapText(text, width);
        const words = (of: string) => of.match(/\S+/g) ?? [];
        const kept = words(wrapped).filter((one) => one !== '\\');
        expect(kept).toEqual(words(text));
        for (const one of wrapped.split('\n')) {
          const alone = words(one.replace(/ \\$/, '')).length <= 1;
          expect(alone || one.length <= width).toBe(true);
        }
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  test('moves a column below where it is too narrow for its longest word', () => {
    const key = '222222222222/eu-west-1/asg/web';
    const arn = 'arn:aws:sts::111111111111:assumed-role/operations/ann';
    expect(wrapText(`  ${key}  "sale", by ${arn} at noon`, 80).split('\n')).toEqual([
      `  ${key}`,
      `      "sale", by ${arn} at noon`,
    ]);
  });
});
