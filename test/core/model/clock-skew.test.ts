import { expect, test } from 'vitest';
import { skewText } from '#core/model/clock-skew.ts';

test.each<[number | undefined, string | undefined]>([
  [undefined, undefined],
  [0, undefined],
  [300_000, undefined],
  [-300_000, undefined],
  [300_001, "the clock of this process is 5 minutes behind AWS's"],
  [-420_000, "the clock of this process is 7 minutes ahead of AWS's"],
])('AWS is %s ms ahead: %s', (offsetMs, text) => {
  expect(skewText({ offsetMs: () => offsetMs })).toBe(text);
});
