import { type EvidencePlan, partOf } from '#core/experiment/evidence/plan.ts';
import { always, bursts, independent, never, type Process, wandering } from './histories.ts';
import { percent } from './percent.ts';

/** One row of the table: experiments of a kind, and what is promised of them. */
export interface Cell {
  readonly what: string;
  /** Of each of its probes. */
  readonly plan: EvidencePlan;
  readonly before: Process;
  /** What it becomes once something breaks. */
  readonly after?: Process;
  /** When that is: with the first sample, or anywhere in the middle 80 % of them. */
  readonly breaks?: 'at once' | 'late';
  /** Alarms later than so many samples after it do not count. */
  readonly within?: number;
  /** The share of experiments with an alarm; that without one, and with no more bad samples than tolerated; the most samples that it took. */
  readonly measure: 'alarms' | 'survivals' | 'samples';
  /** Absent where nothing is promised. */
  readonly goal?: Goal;
}

export type Goal = { readonly atMost: number } | { readonly atLeast: number };

export function aPlan(bad: number, rate: number, seconds: number, stages = 1, probes = 1): EvidencePlan {
  return {
    tolerance: { bad },
    measures: 'events',
    everyMs: 1_000 / rate,
    samples: Math.round(rate * seconds * stages),
    ofStages: Array.from({ length: stages }, () => ({ hidden: 0, shown: Math.round(rate * seconds) })),
    ...{ stages, probes, falseAlarms: 0.01 * partOf.faults },
  };
}

const falseAlarm = { measure: 'alarms', goal: { atMost: 0.01 } } as const;

export const falseAlarms: readonly Cell[] = [
  ...[0.01, 0.05].map((p) => ({
    what: `all at the limit of ${percent(p)}, 5/s, 5 probes, 4 stages of 600 s`,
    ...{ plan: aPlan(p, 5, 600, 4, 5), before: independent(p), ...falseAlarm },
  })),
  ...[0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5].map((p) => ({
    what: `at the limit of ${percent(p)}, 5/s, 600 s`,
    ...{ plan: aPlan(p, 5, 600), before: independent(p), ...falseAlarm },
  })),
  {
    what: 'at the limit of 5 %, 16/s, 600 s',
    ...{ plan: aPlan(0.05, 16, 600), before: independent(0.05), ...falseAlarm },
  },
  {
    what: 'at the limit of 1 %, 62/s, 600 s',
    ...{ plan: aPlan(0.01, 62, 600), before: independent(0.01), ...falseAlarm },
  },
  {
    what: 'half of 1 %, each bad sample followed by another with 50 %, 5/s, 600 s',
    ...{ plan: aPlan(0.01, 5, 600), before: bursts(0.005, 0.5), ...falseAlarm },
  },
];

const outage = { before: never, after: always, measure: 'samples' } as const;
const tenfold = { before: independent(0.005), after: independent(0.1), within: 300 } as const;
const noticed = { measure: 'alarms', goal: { atLeast: 0.95 } } as const;

export const detection: readonly Cell[] = [
  ...[0.01, 0.05].flatMap((p): Cell[] => [
    {
      what: `outage at a stage's start, ${percent(p)} allowed, 5/s`,
      ...{ plan: aPlan(p, 5, 600), ...outage, breaks: 'at once', goal: { atMost: 6 } },
    },
    {
      what: `outage late in a stage, ${percent(p)} allowed, 5/s`,
      ...{ plan: aPlan(p, 5, 600), ...outage, breaks: 'late', goal: { atMost: 16 } },
    },
  ]),
  {
    what: "outage at a stage's start, 5 % allowed, 5/s, 5 probes, 4 stages of 600 s",
    ...{ plan: aPlan(0.05, 5, 600, 4, 5), ...outage, breaks: 'at once', goal: { atMost: 6 } },
  },
  {
    what: 'outage late in a stage, 5 % allowed, 5/s, 5 probes, 4 stages of 600 s',
    ...{ plan: aPlan(0.05, 5, 600, 4, 5), ...outage, breaks: 'late', goal: { atMost: 16 } },
  },
  {
    what: '10 times the limit of 1 % from the start, 5/s, within 60 s',
    ...{
      plan: aPlan(0.01, 5, 600),
      ...tenfold,
      breaks: 'at once',
      measure: 'alarms',
      goal: { atLeast: 0.99 },
    },
  },
  {
    what: '10 times the limit of 1 %, late, 5/s, within 60 s',
    ...{ plan: aPlan(0.01, 5, 600), ...tenfold, breaks: 'late', measure: 'alarms', goal: { atLeast: 0.99 } },
  },
  {
    what: 'twice the limit of 5 %, 16/s, 60 s',
    ...{ plan: aPlan(0.05, 16, 60), before: independent(0.1), ...noticed },
  },
  {
    what: 'twice the limit of 1 %, 62/s, 60 s',
    ...{ plan: aPlan(0.01, 62, 60), before: independent(0.02), ...noticed },
  },
  {
    what: 'demo, graceful (1 % bad of 5 % allowed, 20/s, 5 s): survives',
    ...{
      plan: aPlan(0.05, 20, 5),
      before: independent(0.01),
      measure: 'survivals',
      goal: { atLeast: 0.999 },
    },
  },
  {
    what: 'demo, not graceful (all bad): deviates',
    ...{ plan: aPlan(0.05, 20, 5), ...outage, breaks: 'at once', goal: { atMost: 12 } },
  },
];

/** What is not promised, and what happens. */
export const notPromised: readonly Cell[] = [
  {
    what: 'half of 1 %, in bursts of 0.2 s, 62/s, 600 s',
    ...{ plan: aPlan(0.01, 62, 600), before: bursts(0.005, 1 - 1 / (0.2 * 62)) },
  },
  ...[0.01, 0.05].map((p) => ({
    what: `half of ${percent(p)}, each bad sample followed by another with 70 %, 5/s, 600 s`,
    ...{ plan: aPlan(p, 5, 600), before: bursts(p / 2, 0.7) },
  })),
  ...(
    [
      [0.01, 2.5758],
      [0.05, 1.96],
    ] as const
  ).map(([p, limit]) => ({
    what: `half of ${percent(p)}, autocorrelated by 0.9 from sample to sample, 5/s, 600 s`,
    ...{ plan: aPlan(p, 5, 600), before: wandering(0.9, limit) },
  })),
  {
    what: 'twice the limit of 5 %, 16/s, within 60 s of 600 s',
    ...{
      plan: aPlan(0.05, 16, 600),
      before: never,
      after: independent(0.1),
      breaks: 'at once' as const,
      within: 960,
    },
  },
  {
    what: 'twice the limit of 1 %, 5/s, 60 s',
    ...{ plan: aPlan(0.01, 5, 60), before: independent(0.02) },
  },
  {
    what: '7 % bad of 5 % allowed, 5/s, 600 s',
    ...{ plan: aPlan(0.05, 5, 600), before: independent(0.07) },
  },
].map((cell) => ({ ...cell, measure: 'alarms' as const }));
