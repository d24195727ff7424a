import { describe, expect, test } from 'vitest';
import { watchProgress } from '#core/experiment/control/progress-watch.ts';
import type { LiveProbe } from '#core/experiment/engine/ports.ts';

const seen = (probe: string, overrides: Partial<LiveProbe> = {}): LiveProbe => ({
  ...{ is: 'fault', stage: 1, from: 1_000, to: 61_000, probe, bad: 1, measured: 100 },
  ...overrides,
});

describe('what an experiment tells of itself', () => {
  test('is nothing before its first sample', () => {
    expect(watchProgress(2).tell(1_000)).toBeUndefined();
  });

  test('is the last of each probe, first of what is nearest to a deviation', () => {
    const progress = watchProgress(2);
    progress.see(seen('load'));
    progress.see(seen('page', { odds: 3, bound: 100 }));
    progress.see(seen('api', { odds: 10, bound: 1_000 }));
    progress.see(seen('page', { bad: 2, measured: 101, odds: 7, bound: 100 }));
    expect(progress.tell(20_000)).toEqual({
      ...{ is: 'fault', stage: 1, stages: 2, at: 20_000, from: 1_000, to: 61_000, more: 0 },
      probes: [
        { probe: 'page', bad: 2, measured: 101, odds: 7, bound: 100 },
        { probe: 'api', bad: 1, measured: 100, odds: 10, bound: 1_000 },
        { probe: 'load', bad: 1, measured: 100 },
      ],
    });
  });

  test.each([[{ from: 61_000 }], [{ stage: 2 }], [{ is: 'recovery' as const }]])(
    'is of one part of a phase: %j is another',
    (next) => {
      const progress = watchProgress(2);
      progress.see(seen('page'));
      progress.see(seen('api', next));
      expect(progress.tell(70_000)).toMatchObject({ ...next, probes: [{ probe: 'api' }] });
    },
  );
});
