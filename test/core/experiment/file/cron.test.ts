import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Cron, parseCron } from '#core/experiment/file/cron.ts';
import { nextRuns, shortestGapMs } from '#core/experiment/file/cron-runs.ts';

function cronOf(text: string): Cron {
  const cron = parseCron(text);
  if (typeof cron === 'string') throw new Error(`${text}: ${cron}`);
  return cron;
}

/** A Sunday. */
const after = Date.UTC(2026, 10, 1, 12);

function runs(text: string, { count = 3, timeZone = 'UTC', from = after } = {}): readonly string[] {
  return nextRuns(cronOf(text), { timeZone, after: from, count }).map((one) =>
    new Date(one).toISOString().slice(0, 16),
  );
}

describe('parseCron', () => {
  test.each([
    ['99 10 * * ? *', 'minutes from 0 to 59'],
    ['99 99 ? * FOO *', 'minutes from 0 to 59'],
    ['0 24 * * ? *', 'hours from 0 to 23'],
    ['0 10 0 * ? *', 'days of the month from 1 to 31'],
    ['0 10 32 * ? *', 'days of the month'],
    ['0 10 32W * ? *', 'days of the month'],
    ['0 10 1W,5 * ? *', 'days of the month'],
    ['0 10 * 13 ? *', 'months from 1 to 12'],
    ['0 10 * FOO ? *', 'months'],
    ['0 10 ? * FOO *', 'weekdays from 1 to 7'],
    ['0 10 ? * 0 *', 'weekdays'],
    ['0 10 ? * TUE#9 *', 'weekdays'],
    ['0 10 ? * TUE#0 *', 'weekdays'],
    ['0 10 ? * MON#1,TUE#2 *', 'weekdays'],
    ['0 10 ? * MON-FRIL *', 'weekdays'],
    ['0 10 ? * SUN/2 *', 'weekdays'],
    ['0 10 ? * FRI-MON *', 'weekdays'],
    ['0 10 * * ? 1969', 'years from 1970 to 2199'],
    ['0 10 * * TUE *', 'expected ? as the day or as the weekday'],
    ['0 10 ? * ? *', 'expected ? as the day or as the weekday'],
    ['0 ? * * ? *', 'hours'],
    ['0/0 10 * * ? *', 'minutes'],
    ['0/60 10 * * ? *', 'minutes'],
    ['5- 10 * * ? *', 'minutes'],
    ['1-2-3 10 * * ? *', 'minutes'],
    [', 10 * * ? *', 'minutes'],
    ['0 10 * * ?', 'six fields'],
    ['0 10  * ? *', 'days of the month'],
  ])('refuses %s', (text, expected) => {
    expect(parseCron(text)).toContain(expected);
  });

  test('takes no text that it cannot run, whatever it is made of', () => {
    const word = fc.string({ unit: fc.constantFrom(...'01359*?/-,LW#TUE'), minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.array(word, { minLength: 6, maxLength: 6 }), (words) => {
        const cron = parseCron(words.join(' '));
        if (typeof cron === 'string') return;
        expect(words.slice(2, 5).filter((one) => one === '?')).toHaveLength(1);
        for (const values of [cron.minutes, cron.hours, cron.months, cron.years]) {
          expect(values.length).toBeGreaterThan(0);
          expect(values).toEqual([...new Set(values)].sort((a, b) => a - b));
        }
      }),
      { seed: 1, numRuns: 2_000 },
    );
  });
});

describe('nextRuns', () => {
  test.each([
    ['0 10 ? * TUE *', ['2026-11-03T10:00', '2026-11-10T10:00', '2026-11-17T10:00']],
    ['0 10 ? * 3 *', ['2026-11-03T10:00', '2026-11-10T10:00', '2026-11-17T10:00']],
    ['0 10 ? * TUE#2 *', ['2026-11-10T10:00', '2026-12-08T10:00', '2027-01-12T10:00']],
    ['0 10 ? * FRIL *', ['2026-11-27T10:00', '2026-12-25T10:00', '2027-01-29T10:00']],
    ['0 10 ? * L *', ['2026-11-07T10:00', '2026-11-14T10:00', '2026-11-21T10:00']],
    ['0 10 L * ? *', ['2026-11-30T10:00', '2026-12-31T10:00', '2027-01-31T10:00']],
    // Sundays go to Monday, Saturdays to Friday, and neither out of the month.
    ['0 10 15W * ? *', ['2026-11-16T10:00', '2026-12-15T10:00', '2027-01-15T10:00']],
    ['0 10 1W 5,8 ? *', ['2027-05-03T10:00', '2027-08-02T10:00', '2028-05-01T10:00']],
    ['0 10 31W JAN,MAY,OCT ? *', ['2027-01-29T10:00', '2027-05-31T10:00', '2027-10-29T10:00']],
    ['0 10 29 2 ? *', ['2028-02-29T10:00', '2032-02-29T10:00', '2036-02-29T10:00']],
    ['10/25 9-11/2 2 * ? *', ['2026-11-02T09:10', '2026-11-02T09:35', '2026-11-02T11:10']],
    ['0,30 23 ? JAN-MAR MON-FRI 2027/2', ['2027-01-01T23:00', '2027-01-01T23:30', '2027-01-04T23:00']],
    ['0 10 2 11 ? 2026', ['2026-11-02T10:00']],
    ['0 10 2 10 ? 2026', []],
  ])('of %s', (text, expected) => {
    expect(runs(text)).toEqual(expected);
  });

  test('leaves out a time that clocks skip, and runs once at one that they show twice', () => {
    const timeZone = 'Europe/Berlin';
    expect(runs('30 2 * * ? *', { timeZone, from: Date.UTC(2027, 2, 27, 0) })).toEqual([
      ...['2027-03-27T01:30', '2027-03-29T00:30', '2027-03-30T00:30'],
    ]);
    expect(runs('30 2 * * ? *', { timeZone, from: Date.UTC(2026, 9, 24, 12) })).toEqual([
      ...['2026-10-25T00:30', '2026-10-26T01:30', '2026-10-27T01:30'],
    ]);
  });
});

describe('shortestGapMs', () => {
  const minute = 60_000;
  const day = 24 * 60 * minute;
  test.each([
    ['* * * * ? *', minute],
    ['0/20 * * * ? *', 20 * minute],
    ['0 1,23 * * ? *', 2 * 60 * minute],
    ['0 1,23 ? * MON *', 22 * 60 * minute],
    ['0 10 ? * TUE *', 7 * day],
    ['0 10 ? * MON,WED *', 2 * day],
    ['0 10 L 2 ? *', 365 * day],
    ['0 10 1 1 ? 2027', Number.POSITIVE_INFINITY],
    ['0 10 30 2 ? *', undefined],
    ['0 10 31 4,6 ? *', undefined],
    ['0 10 29 2 ? 2027', undefined],
  ])('of %s', (text, expected) => {
    expect(shortestGapMs(cronOf(text))).toBe(expected);
  });
});
