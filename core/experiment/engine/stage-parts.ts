import type { JudgedProbe } from '../../model/experiment.ts';
import type { EvidencePlan } from '../evidence/plan.ts';
import type { InjectParts } from './inject-step.ts';

/** What a stage is run with. */
export interface StageParts extends InjectParts {
  /** How many there are. */
  readonly stages: number;
  readonly baselineMs: number;
  readonly withinMs: number;
  readonly steadyMs: number;
  baselinePlan(probe: JudgedProbe): EvidencePlan;
  recoveryPlan(probe: JudgedProbe): EvidencePlan;
}
