import type { ExperimentPhase, ExperimentReport, StruckTarget } from '#core/reports/experiment-report.ts';
import type { SeededRandom } from '../histories/seeded-random.ts';
import { aProbeResult, type ImaginedProbe } from './a-probe-result.ts';
import { aTarget } from './a-target.ts';

export const startedAt = Date.parse('2026-11-23T09:00:00.000Z');

/** The moment so many seconds after the start. */
export function after(seconds: number): string {
  return new Date(startedAt + seconds * 1_000).toISOString();
}

/** Phases of stage 1, one after the other, with their lengths in seconds; `fault/2` is of stage 2. */
export function phasesOf(...lengths: readonly (readonly [string, number])[]): readonly ExperimentPhase[] {
  let at = 0;
  return lengths.map(([name, seconds]) => {
    const [is = '', stage = '1'] = name.split('/');
    const from = at;
    at += seconds;
    return { is: is as ExperimentPhase['is'], stage: Number(stage), from: after(from), to: after(at) };
  });
}

/** How long an answer takes: `typical` ms, with a long tail. */
export function latency(random: SeededRandom, typical: number): number {
  return Math.round(typical * (0.75 + 0.4 * random.number() - 0.12 * Math.log(1 - random.number())));
}

/** Pages that load in `typical` ms, and too slowly from `limit` ms on. */
export function aPageProbe(
  typical: (phase: ExperimentPhase, at: number) => number,
  overrides: Partial<ImaginedProbe> = {},
): ImaginedProbe {
  const limit = overrides.limit ?? 800;
  return {
    name: 'page',
    what: `GET https://shop.example.com/ with status 200 within ${limit} ms`,
    unit: 'ms',
    everyMs: 200,
    tolerance: { bad: 0.05 },
    limit,
    is: 'within',
    measure: (phase, random, at) => {
      const value = latency(random, typical(phase, at));
      return value > limit ? { is: 'bad', value, detail: `${value} ms` } : { is: 'good', value };
    },
    ...overrides,
  };
}

export function aStruck(overrides: Partial<StruckTarget> = {}): StruckTarget {
  const group = '111111111111/eu-west-1/lambda/listImages';
  return {
    step: 'slow',
    stage: 1,
    group,
    target: aTarget({ kind: 'lambda-function', id: 'listImages', group, facts: {} }),
    fault: { name: 'lambda-latency', parameters: { milliseconds: 300, percentage: 100 } },
    outcome: 'succeeded',
    detail: 'parameter /chaos/listImages written',
    byHand: [],
    ...overrides,
  };
}

export interface Imagined extends Partial<Omit<ExperimentReport, 'probes'>> {
  readonly probes?: readonly ImaginedProbe[];
}

export function aHypothesis(cause: string, effect: string): ExperimentReport['hypothesis'] {
  // biome-ignore lint/suspicious/noThenProperty: the field's word, and a text is no function.
  return { if: cause, then: effect };
}

/** One that survived a minute of latency, with what is given in place of that. */
export function anExperimentReport({ probes, ...overrides }: Imagined = {}): ExperimentReport {
  const phases = overrides.phases ?? phasesOf(['baseline', 30], ['fault', 60], ['recovery', 20]);
  const endedAt = phases.at(-1)?.to ?? after(0);
  const imagined = probes ?? [aPageProbe(() => 240, { notices: 0.12, below: 0.01, recoveredAfterMs: 0 })];
  return {
    schemaVersion: 1,
    id: '20261123T090000Z-3f9a1c2b',
    title: 'What if listImages takes an extra 300 ms?',
    hypothesis: aHypothesis(
      'listImages takes 300 ms longer on every invocation',
      '95 in 100 page loads still answer within 800 ms',
    ),
    owner: 'team-shop',
    tags: ['latency', 'shop'],
    fileHash: '5f0c9d3ba1e27764c8a90d2e41b7f3586a2c1d0e9f8b7a6c5d4e3f2a1b0c9d8e',
    rehearsal: false,
    trigger: 'command line',
    startedBy: 'alice',
    startedAt: after(0),
    timeZone: 'Europe/Berlin',
    stages: { reached: 1, planned: 1 },
    next: [],
    falseAlarms: 0.01,
    strikes: [],
    events: [],
    notes: [],
    failures: [],
    promise:
      'False alarms at most 1 %, if at no moment the chance of a bad sample exceeds the tolerance; longer bursts count as deviations.',
    ...overrides,
    endedAt: overrides.endedAt ?? endedAt,
    phases: [...phases],
    verdict: overrides.verdict ?? {
      is: 'survived',
      why: 'all probes stayed within their tolerance',
      at: endedAt,
    },
    probes: imagined.map((one) => aProbeResult(one, phases)),
  };
}
