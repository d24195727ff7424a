import { judgeRecovery, type RecoveryJudgement } from '#core/experiment/engine/judge-recovery.ts';
import { nothingRecovered, watchRecovery } from '#core/experiment/engine/recovery-watch.ts';
import { type EvidencePlan, partOf } from '#core/experiment/evidence/plan.ts';
import { seededUniform } from '#core/experiment/evidence/seeded-uniform.ts';
import { aPlan, type Goal } from './cells.ts';
import { always, fill, independent, type Process } from './histories.ts';
import { percent } from './percent.ts';
import { rules } from './rules.ts';

/** Experiments of a kind, from the first fault to the last recovery: 60 s as steady as a baseline, within 2 min. */
export interface RecoveryRow {
  readonly what: string;
  /** Of each of its probes, under faults. */
  readonly plan: EvidencePlan;
  readonly process: Process;
  /** All is bad after the fault for so many seconds. */
  readonly downSeconds: number;
  /** How many experiments may, or have to, deviate. */
  readonly goal?: Goal;
}

const [steadyMs, withinMs] = [60_000, 120_000];

const aRow = (p: number, rate: number, { stages = 1, probes = 1, bad = p, downSeconds = 0 } = {}) => ({
  plan: aPlan(p, rate, 600, stages, probes),
  ...{ process: independent(bad), downSeconds },
});
const falseAlarm = { atMost: 0.01 } as const;

export const recoveries: readonly RecoveryRow[] = [
  ...[0.01, 0.05].map((p) => ({
    what: `all at the limit of ${percent(p)}, 5/s, 5 probes, 4 stages of 600 s`,
    ...{ ...aRow(p, 5, { stages: 4, probes: 5 }), goal: falseAlarm },
  })),
  ...[
    [0.05, 1],
    [0.01, 1],
    [0.2, 1],
  ].map(([p = 0, rate = 0]) => ({
    what: `at the limit of ${percent(p)}, ${rate}/s, 600 s`,
    ...{ ...aRow(p, rate), goal: falseAlarm },
  })),
  { what: 'at 4 % of 5 % allowed, 1/s, 600 s', ...aRow(0.05, 1, { bad: 0.04 }), goal: falseAlarm },
  {
    what: 'at the limit of 5 %, 5/s, after an outage of 110 s',
    ...{ ...aRow(0.05, 5, { downSeconds: 110 }), goal: falseAlarm },
  },
  {
    what: 'at the limit of 5 %, 5/s, after an outage of 125 s',
    ...aRow(0.05, 5, { downSeconds: 125 }),
    goal: { atLeast: 0.99 },
  },
  {
    what: 'never back, 5 % allowed, 1/s, 5 probes, 4 stages',
    ...aRow(0.05, 1, { probes: 5, stages: 4, downSeconds: 1_000 }),
    goal: { atLeast: 0.99 },
  },
];

export interface RecoveryCounts {
  readonly deviated: number;
  readonly inconclusive: number;
  /** Of the same experiments, those with a probe that had no 60 s with at most the tolerated share, or that deviated under faults. */
  readonly byShare: number;
}

/** Shares of experiments. */
export function simulateRecoveries(row: RecoveryRow, runs: number): RecoveryCounts {
  const counts = { deviated: 0, inconclusive: 0, byShare: 0 };
  for (let run = 0; run < runs; run += 1) {
    const isFaultDeviated = playFaults(row, run);
    const found = isFaultDeviated ? [] : playRecoveries(row, run);
    const isLate = found.some(({ is }) => is === 'late');
    if (isFaultDeviated || isLate) counts.deviated += 1;
    else if (found.some(({ is }) => is === 'unknown')) counts.inconclusive += 1;
    if (isFaultDeviated || found.some(({ byShare }) => byShare)) counts.byShare += 1;
  }
  const { deviated, inconclusive, byShare } = counts;
  return { deviated: deviated / runs, inconclusive: inconclusive / runs, byShare: byShare / runs };
}

function playFaults({ plan, process }: RecoveryRow, run: number): boolean {
  const places = new Int32Array(plan.samples);
  return Array.from({ length: plan.probes }, (_, probe) => {
    const uniform = seededUniform(1 + run * plan.probes + probe);
    const count = fill(places, process(uniform), plan.samples, always(uniform), plan.samples);
    return rules.ours({ places, count }, plan) <= plan.samples;
  }).includes(true);
}

type Played = { readonly is: RecoveryJudgement['is']; readonly byShare: boolean };

/** Stage by stage, as long as all recover in time. */
function playRecoveries(row: RecoveryRow, run: number): readonly Played[] {
  const { plan } = row;
  const found: Played[] = [];
  for (let stage = 0; stage < plan.stages && found.every(({ is }) => is === 'in-time'); stage += 1) {
    for (let probe = 0; probe < plan.probes; probe += 1) {
      found.push(playRecovery(row, 1_000_000 + (run * plan.stages + stage) * plan.probes + probe));
    }
  }
  return found;
}

function playRecovery({ plan, process, downSeconds }: RecoveryRow, seed: number): Played {
  const { everyMs } = plan;
  const goal = {
    plan: {
      ...{ ...plan, samples: Math.floor(steadyMs / everyMs), stages: 1 },
      falseAlarms: ((plan.falseAlarms / partOf.faults) * partOf.recoveries) / plan.stages,
    },
    ...{ steadyMs, until: 0, by: withinMs },
  };
  const samples = (withinMs + steadyMs) / everyMs;
  const places = new Int32Array(samples);
  const uniform = seededUniform(seed);
  const backAt = Math.min(samples, (downSeconds * 1_000) / everyMs);
  const count = fill(places, always(uniform), backAt, process(uniform), samples);
  const bad = new Set(places.subarray(0, count));
  let watch = nothingRecovered;
  for (let place = 0; place < samples && watch.recoveredAt === undefined; place += 1) {
    watch = watchRecovery(watch, { due: place * everyMs, is: bad.has(place) ? 'bad' : 'good' }, goal);
  }
  return {
    is: judgeRecovery(watch, { by: withinMs, withinMs }).is,
    byShare: !hasQuietMinute(bad, plan, samples),
  };
}

/** What is usual: an observed share that is at most the tolerated one. */
function hasQuietMinute(bad: ReadonlySet<number>, { everyMs, tolerance }: EvidencePlan, samples: number) {
  const length = steadyMs / everyMs;
  const most = 'bad' in tolerance ? tolerance.bad * length : 0;
  const sums = [0];
  for (let place = 0; place < samples; place += 1) sums.push((sums[place] ?? 0) + (bad.has(place) ? 1 : 0));
  for (let from = 0; from <= withinMs / everyMs && from + length <= samples; from += 1) {
    if (!bad.has(from) && (sums[from + length] ?? 0) - (sums[from] ?? 0) <= most) return true;
  }
  return false;
}
