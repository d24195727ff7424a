import { describe, expect, test } from 'vitest';
import { probabilityOf } from '#core/rate.ts';
import { aConfig } from '../support/a-config.ts';
import { aGroup } from '../support/a-group.ts';

const config = aConfig({ probability: 0.25 });
const tagged = (text: string) => probabilityOf(aGroup({ tags: { 'chaos:probability': text } }), config);

describe('probabilityOf', () => {
  test("is the configuration's without a tag", () => {
    expect(probabilityOf(aGroup(), config)).toBe(0.25);
  });

  test.each([
    ['0', 0],
    ['1', 1],
    ['0.5', 0.5],
    ['.5', 0.5],
    ['1.', 1],
    [' 0.125 ', 0.125],
    ['1/6', 1 / 6],
    ['1 / 3', 1 / 3],
    ['0/5', 0],
  ])('a tag of "%s" overrides it', (text, probability) => {
    expect(tagged(text)).toBe(probability);
  });

  test.each([
    '',
    ' ',
    'often',
    '1.01',
    '-0.1',
    '50%',
    '1/0',
    '0/0',
    '2/1',
    '1e-3',
    '0x1',
    'NaN',
    'Infinity',
    '0,5',
    '.',
  ])('a tag of "%s" is bad, and the text names it', (text) => {
    expect(tagged(text)).toEqual({ badTag: expect.stringContaining(`chaos:probability="${text}"`) });
  });
});
