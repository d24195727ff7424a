import { describe, expect, test } from 'vitest';
import { withLiteralKeys } from '#lib/literal-keys.ts';

const constants = ['var _hE = "httpError";', 'var _q = "a \\"b\\"";', 'var _p = "__proto__";', 'var _n = 1;'];
const rewritten = (line: string) =>
  withLiteralKeys([...constants, line].join('\n'))
    .split('\n')
    .at(-1);

describe('literal keys', () => {
  test.each([
    ['const trait = { [_hE]: 400, [_q]: 1 };', 'const trait = { "httpError": 400, "a \\"b\\"": 1 };'],
    [
      'const list = [[() => one$, { [_hE]: 404 }], 0];',
      'const list = [[() => one$, { "httpError": 404 }], 0];',
    ],
  ])('stand for constants: %s', (computed, literal) => {
    expect(rewritten(computed)).toBe(literal);
  });

  test.each([
    ['what is no text', '({ [_n]: 1 })'],
    ['what is no constant of the bundle', '({ [_other]: 1 })'],
    ['what would set the prototype', '({ [_p]: 1 })'],
    ['an element, which is no key', 'list[_hE] ? list[_hE] : 1'],
  ])('leave %s as it is', (_, line) => {
    expect(rewritten(line)).toBe(line);
  });
});
