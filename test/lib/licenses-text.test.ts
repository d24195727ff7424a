import { describe, expect, test } from 'vitest';
import { licensesText } from '#lib/licenses-text.ts';

const mit = { version: '1.0.0', license: 'MIT', texts: ['Copyright A', 'Notice of A'] };

describe('licensesText', () => {
  test('has each text once, under all packages that it is of', () => {
    const text = licensesText(
      [
        { ...mit, name: 'a' },
        { ...mit, name: 'b', texts: ['Copyright A'] },
      ],
      'A comment',
    );
    expect(text).toContain('a 1.0.0 (MIT)\nb 1.0.0 (MIT)\n\nCopyright A\n');
    expect(text).toContain('a 1.0.0 (MIT)\n\nNotice of A\n');
    expect(text.match(/Copyright A/g)).toHaveLength(1);
    expect(text).toContain('A comment');
  });

  test('gives a package that comes without its text of Apache-2.0 our copy of it', () => {
    expect(licensesText([{ ...mit, name: 'a', license: 'Apache-2.0', texts: [] }], '')).toContain(
      'TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION',
    );
  });

  test('refuses a package whose license asks for a text that it does not bring', () => {
    expect(() => licensesText([{ ...mit, name: 'a', texts: [] }], '')).toThrow('a (MIT) has no license text');
  });
});
