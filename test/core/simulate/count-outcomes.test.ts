import { describe, expect, test } from 'vitest';
import { countOutcomes } from '#core/simulate/count-outcomes.ts';
import type { SimulatedDay } from '#core/simulate/simulate-day.ts';

/** A day with strikes at these times, and groups spared for these reasons. */
function aDay(day: string, times: readonly string[], spared: readonly string[] = []): SimulatedDay {
  return {
    strikes: times.map((time) => {
      const slot = Date.parse(`${day}T${time}:00Z`);
      return { group: 'web', targetId: 'i-a', slot, due: slot };
    }),
    spared: new Map(spared.map((code, index) => [`g${index}`, code])),
  };
}

describe('countOutcomes', () => {
  test('counts strikes by weekday, by the hour of the zone and by day, and why groups were spared', () => {
    const outcomes = countOutcomes('Asia/Kolkata');
    outcomes.add('2026-11-24', 4, aDay('2026-11-24', ['04:00', '04:30', '06:00'], ['budget-exhausted']));
    outcomes.add('2026-11-23', 4, aDay('2026-11-23', ['06:15'], ['min-days', 'not-drawn', 'min-days']));
    outcomes.add(
      '2026-12-01',
      4,
      aDay('2026-12-01', [], ['not-drawn', 'not-drawn', 'not-drawn', 'min-days']),
    );
    expect(outcomes.found()).toEqual({
      from: '2026-11-24',
      to: '2026-12-01',
      strikes: 4,
      strikesADay: expect.objectContaining({
        days: [
          { strikes: 0, days: 1 },
          { strikes: 1, days: 1 },
          { strikes: 3, days: 1 },
        ],
      }),
      byWeekday: [
        { weekday: 'mon', strikes: 1, groupDays: 4 },
        { weekday: 'tue', strikes: 3, groupDays: 8 },
      ],
      // 04:00 there is 09:30, 04:30 is 10:00, 06:00 is 11:30, 06:15 is 11:45.
      byHour: [
        { hour: 9, strikes: 1 },
        { hour: 10, strikes: 1 },
        { hour: 11, strikes: 2 },
      ],
      spared: { 'not-drawn': 4, 'min-days': 3, 'budget-exhausted': 1 },
    });
    expect(Object.keys(outcomes.found().spared)).toEqual(['not-drawn', 'min-days', 'budget-exhausted']);
  });

  test('is empty without days', () => {
    expect(countOutcomes('UTC').found()).toMatchObject({
      from: '',
      to: '',
      strikes: 0,
      byWeekday: [],
      byHour: [],
    });
  });
});
