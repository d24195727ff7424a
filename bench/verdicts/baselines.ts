import {
  addSample,
  endStage,
  isDeviated,
  startEvidence,
  startStage,
} from '#core/experiment/evidence/evidence.ts';
import { judgeBaseline } from '#core/experiment/evidence/judge.ts';
import { seededUniform } from '#core/experiment/evidence/seeded-uniform.ts';
import { aPlan } from './cells.ts';

export interface BaselineRow {
  readonly tolerated: number;
  readonly bad: number;
}

/** Baselines of 60 s at 5/s. */
export const baselines: readonly BaselineRow[] = [0.5, 1, 1.6, 2, 3].map((times) => ({
  tolerated: 0.05,
  bad: 0.05 * times,
}));

/** The share of such baselines that are not steady, by evidence alone, and by the whole rule. */
export function rejectBaselines({ tolerated, bad }: BaselineRow, runs: number) {
  const plan = aPlan(tolerated, 5, 60);
  let [byEvidence, all] = [0, 0];
  for (let run = 1; run <= runs; run += 1) {
    const uniform = seededUniform(run);
    let evidence = startStage(startEvidence(plan), 0);
    for (let due = 0; due < plan.samples * plan.everyMs; due += plan.everyMs) {
      evidence = addSample(evidence, { due, is: uniform() <= bad ? 'bad' : 'good' });
    }
    evidence = endStage(evidence, plan.samples * plan.everyMs);
    if (isDeviated(evidence)) byEvidence += 1;
    if (judgeBaseline(evidence).is === 'not-steady') all += 1;
  }
  return { byEvidence: byEvidence / runs, all: all / runs };
}
