import { expect, test } from 'vitest';
import { experimentEnd } from '#core/reports/experiment-end.ts';
import { anExperimentReport, aPageProbe } from '../../support/an-experiment-report.ts';

test('a recovery has taken as long as that of the slowest probe, and no time if one is not back', () => {
  const end = (recovery: 'in-time' | 'late' | 'unknown') =>
    experimentEnd(
      anExperimentReport({
        probes: [
          aPageProbe(() => 240, { recovery: 'in-time', recoveredAfterMs: 1_000 }),
          aPageProbe(() => 240, { name: 'cart', recovery, recoveredAfterMs: 4_000 }),
          aPageProbe(() => 240, { name: 'seen', recovery: 'in-time' }),
        ],
      }),
    ).recoveredAfterMs;
  expect(end('in-time')).toBe(4_000);
  expect(end('late')).toBeUndefined();
  expect(end('unknown')).toBeUndefined();
});
