import { describe, expect, test } from 'vitest';
import { makeCalendar } from '#core/calendar/make-calendar.ts';
import type { ConfigInput } from '#core/config/config.ts';
import { workDaysBefore, workDaysFrom } from '#core/simulate/work-days.ts';
import { aConfig } from '../../support/a-config.ts';

const from = (day: string, count: number, config: Partial<ConfigInput> = {}) =>
  workDaysFrom(day, aConfig(config))
    .take(count)
    .map((workDay) => workDay.day)
    .toArray();
const earlier = (day: string, count: number, config: Partial<ConfigInput> = {}) =>
  workDaysBefore(day, count, makeCalendar(aConfig(config)));
const known = {
  calendar: {
    holidays: [{ country: 'DE' }],
    holidayDates: { through: '2026-11-26', days: [{ date: '2026-11-25', name: 'a holiday' }] },
  },
};

describe('work days', () => {
  test('from a day on, itself included, without weekends and days off', () => {
    expect(from('2026-11-19', 4)).toEqual(['2026-11-19', '2026-11-20', '2026-11-23', '2026-11-24']);
    expect(from('2026-11-21', 2)).toEqual(['2026-11-23', '2026-11-24']);
    const daysOff = [{ date: '2026-11-23', name: 'a day off' }];
    expect(from('2026-11-20', 2, { calendar: { daysOff } })).toEqual(['2026-11-20', '2026-11-24']);
  });

  test('end where the calendar knows no more holidays', () => {
    expect(from('2026-11-23', 99, known)).toEqual(['2026-11-23', '2026-11-24', '2026-11-26']);
  });

  test('go on over a break, and come with a calendar that knows them', () => {
    // Five thousand days and more: the calendar has been renewed meanwhile.
    const [last] = [...workDaysFrom('2026-11-23', aConfig({ schedule: { days: ['mon'] } })).take(800)].slice(
      -1,
    );
    expect(last?.day).toBe('2042-03-17');
    expect(last?.calendar.offText('2042-03-17')).toBeUndefined();
  });

  test('before a day, the latest first', () => {
    expect(earlier('2026-11-24', 3)).toEqual(['2026-11-23', '2026-11-20', '2026-11-19']);
    expect(earlier('2026-11-24', 0)).toEqual([]);
  });
});
