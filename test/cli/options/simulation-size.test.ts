import { describe, expect, test } from 'vitest';
import { estimateText } from '#cli/options/simulation-size.ts';
import { aConfig } from '../../support/a-config.ts';

const { schedule } = aConfig();

describe('estimateText', () => {
  test.each([
    [1_000, 1_000, { meanDays: 5, minDays: 2 }, '1,000,000 draws will take about 20 s.'],
    [250, 400, { probability: 1 / 6 }, '700,000 draws will take about 13 s.'],
    [250, 4, { probability: 1 / 6 }, undefined],
    [1_000_000, 100, { meanDays: 5, minDays: 2 }, '100,000,000 draws will take about 33 min 20 s.'],
  ])('of %d days of %d groups at %j is %s', (days, groups, rate, text) => {
    expect(estimateText(days, groups, rate, schedule)).toBe(text);
  });

  test('refuses more than 100,000,000 draws', () => {
    expect(() => estimateText(1_000_000, 101, { meanDays: 5, minDays: 2 }, schedule)).toThrow(
      'That is 101,000,000 draws, expected at most 100,000,000',
    );
  });
});
