import { describe, expect, test } from 'vitest';
import { spanText } from '#core/guards/shared/age.ts';

const [hours, days] = [60, 24 * 60];

describe('spanText', () => {
  test.each([
    [0, '0 minutes'],
    [1.99, '1 minute'],
    [2 * hours - 0.01, '119 minutes'],
    [2 * hours, '2 hours'],
    [2 * days - 0.01, '47 hours'],
    [2 * days, '2 days'],
    [3 * days - 0.01, '2 days'],
  ])('%d minutes are %s', (minutes, text) => {
    expect(spanText(minutes)).toBe(text);
  });
});
