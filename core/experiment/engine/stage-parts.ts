import type { JudgedProbe } from '../../model/experiment.ts';
import type { EvidencePlan } from '../evidence/plan.ts';
import type { InjectParts } from './inject-step.ts';
import type { PhaseParts } from './watch-phase.ts';

/** What a stage is run with. */
export interface StageParts extends PhaseParts, InjectParts {
  readonly binMs: number;
  readonly baselineMs: number;
  readonly withinMs: number;
  readonly judged: readonly JudgedProbe[];
  baselinePlan(probe: JudgedProbe): EvidencePlan;
}
