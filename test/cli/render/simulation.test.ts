import { describe, expect, test } from 'vitest';
import { simulationText } from '#cli/render/simulation.ts';
import type { Simulation } from '#core/simulate/simulate.ts';
import { aConfig } from '../../support/a-config.ts';

const plain = (_styles: unknown, text: string) => text;
const { schedule } = aConfig();
const simulation: Simulation = {
  ...{
    schemaVersion: 1,
    meanDays: 5,
    minDays: 3,
    probability: null,
    seed: '7',
    groups: 10,
    from: '2026-01-01',
    to: '2026-12-16',
  },
  ...{ workDays: 250, groupDays: 2_500, strikes: 500 },
  gap: {
    unit: 'work day',
    ...{ count: 501, mean: 4.98, low: 4.8, high: 5.16, shortest: 3, longest: 17 },
    ...{ deviationPercent: -0.4, unfinished: 0 },
  },
  strikesADay: { mean: 2, median: 2, nineteenOfTwenty: 4, max: 6, days: [] },
  byWeekday: [{ weekday: 'mon', strikes: 100, groupDays: 500 }],
  byHour: [{ hour: 9, strikes: 125 }],
  spared: { 'not-drawn': 1_667, 'min-days': 333 },
};

describe('simulationText', () => {
  test('shows gap, strikes, their distribution, and reasons for sparing', () => {
    expect(simulationText(simulation, schedule, plain)).toBe(
      `250 work days of 10 groups, 2026-01-01 to 2026-12-16
mon, tue, wed, thu, fri 09:00-16:00 UTC, every 60 minutes; seed 7

Mean gap  4.980 work days, 95 % from 4.800 to 5.160 (requested: 5, at least 3: -0.40 %)
          from 3 to 17, of 501 gaps

Strikes   500 in 2,500 group-days
A day     2.00 on average; at most 2 on half of the days, 4 on 19 of 20, 6 on any

By weekday
  mon                         100  0.2000 a group-day

By hour, UTC
  09:00                       125  25.0 %

Group-days without a strike
  not-drawn                 1,667  66.7 %
  min-days                    333  13.3 %`,
    );
  });

  test('says that a probability of 0 never strikes', () => {
    const never = { meanDays: null, minDays: null, probability: 0 };
    expect(simulationText({ ...simulation, ...never }, schedule, plain)).toContain('(requested: never: ');
  });

  test('says when there is no mean, no bounds, or no end', () => {
    const gap = { ...simulation.gap, deviationPercent: 0.4 };
    const told = (changes: Partial<Simulation['gap']>) =>
      simulationText({ ...simulation, gap: { ...gap, ...changes } }, schedule, plain);
    expect(told({ low: null, high: null })).toContain('4.980 work days (requested: 5, at least 3: +0.40 %)');
    expect(told({ unfinished: 2 })).toContain('\n          2 more gaps had not ended\n');
    expect(told({ mean: null, deviationPercent: null, count: 0, unfinished: 1 })).toContain(
      'Mean gap  no gap has ended (requested: 5, at least 3)\n          1 more gap had not ended\n',
    );
  });

  test('omits empty sections', () => {
    const text = simulationText({ ...simulation, byHour: [], spared: {} }, schedule, plain);
    expect(text).not.toContain('By hour');
    expect(text).not.toContain('Group-days without a strike');
  });
});
