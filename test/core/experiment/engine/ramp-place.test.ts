import { describe, expect, test } from 'vitest';
import { rampPlace } from '#core/experiment/engine/ramp-place.ts';
import type { Stage } from '#core/model/experiment.ts';
import { anExperiment, play } from './an-experiment.ts';

const stages: readonly Stage[] = [
  { slow: { select: { count: 1 } } },
  { slow: { select: { count: 2 } } },
  { slow: { select: 'all' } },
  { slow: { select: 'all' } },
];
const ramp = anExperiment({ stages: stages.slice(0, 2) });
const placeOf = (changes: readonly Stage[], reached: number) =>
  rampPlace(anExperiment({ stages: [...changes] }), reached);

describe('where a ramp has ended', () => {
  test('is the stage, what is special about it, and that those before survived', () => {
    expect(placeOf(stages, 1)).toEqual({ where: 'in stage 1 of 4 (slow on 1 target)' });
    expect(placeOf(stages, 2)).toEqual({
      where: 'in stage 2 of 4 (slow on 2 targets)',
      survived: 'stage 1 survived',
    });
    expect(placeOf(stages, 3)?.survived).toBe('stages 1 and 2 survived');
    expect(placeOf(stages, 4)?.survived).toBe('stages 1 to 3 survived');
  });

  test('tells stages by whatever differs between them, and by that only', () => {
    const slower = (milliseconds: number, holdMs: number): Stage => ({
      slow: { parameters: { milliseconds, percent: 100, minutes: holdMs / 60_000 }, holdMs },
    });
    expect(placeOf([slower(100, 60_000), slower(300, 120_000)], 2)?.where).toBe(
      'in stage 2 of 2 (slow as lambda-latency (milliseconds 300) for 2 min)',
    );
    expect(placeOf([{}, {}], 2)?.where).toBe('in stage 2 of 2');
    expect(placeOf([{}, { slow: { select: { percent: 25 } } }], 1)?.where).toContain('slow on 1 target');
  });

  test('names few steps', () => {
    const [step] = anExperiment().method;
    const names = ['a', 'b', 'c', 'd', 'e'];
    const method = step === undefined ? [] : names.map((name) => ({ ...step, name }));
    const all = Object.fromEntries(names.map((name) => [name, { select: 'all' as const }]));
    expect(rampPlace(anExperiment({ method, stages: [{}, all] }), 2)?.where).toBe(
      'in stage 2 of 2 (a on all targets, b on all targets, c on all targets, and 2 more)',
    );
  });

  test('is nowhere without a ramp, or before it', () => {
    expect(placeOf([{}], 1)).toBeUndefined();
    expect(placeOf(stages, 0)).toBeUndefined();
  });
});

describe('the report of a ramp', () => {
  /** Bad under the faults of the second stage. */
  const second = () => {
    let [stage, was] = [0, false];
    return (_: string, { inEffect }: { readonly inEffect: boolean }) => {
      if (inEffect && !was) stage += 1;
      was = inEffect;
      return inEffect && stage === 2 ? 'bad' : 'good';
    };
  };

  test('that deviated says in which stage, and that the one before survived', async () => {
    const { report } = await play({ experiment: ramp, sample: second() });
    expect(report.verdict.is).toBe('deviated');
    expect(report.verdict.why).toMatch(
      /^probe page, in stage 2 of 2 \(slow on 2 targets\): \d+ of the last .* is tolerated; stage 1 survived$/,
    );
    expect(report.next[0]).toBe(
      'Fix what made page deviate in stage 2 of 2 (slow on 2 targets), and run it again. Before, stage 1 survived.',
    );
  });

  test('says so also where something could not be undone', async () => {
    const { report } = await play({
      ...{ experiment: ramp, sample: second() },
      onCall: undoFailsInStage2(),
    });
    expect(report.verdict.is).toBe('undo-failed');
    expect(report.verdict.deviated).toMatch(/^probe page, in stage 2 of 2 .*; stage 1 survived$/);
  });

  test('that was not steady again says so once', async () => {
    const { report } = await play({
      experiment: anExperiment({ stages: stages.slice(0, 2), pauseMs: 20_000 }),
      sample: (_, { at }) => (at > 95_000 ? 'bad' : 'good'),
    });
    expect(report.verdict.why).toMatch(
      /^probe page: the steady state did not come back before stage 2: .*; stage 1 survived$/,
    );
  });
});

/** From the second strike on. */
function undoFailsInStage2() {
  let strikes = 0;
  return (call: string) => {
    if (call.startsWith('strike')) strikes += 1;
    if (call === 'undo' && strikes === 2) throw new Error('Throttled');
  };
}
