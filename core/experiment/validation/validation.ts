import type { Decision } from '../../model/decision.ts';
import type { Alarm } from '../../model/group.ts';
import type { Sample } from '../../model/sample.ts';
import type { AlarmReader } from '../../ports/alarm-reader.ts';
import type { Probe, ProbeMeans } from '../../ports/probe.ts';
import type { Undoer } from '../../ports/undoer.ts';
import type { World } from '../../ports/world.ts';
import type { PermissionCheck } from '../../reports/run-report.ts';

/** What a run of an experiment would find now, as far as looking tells. */
export interface Validation extends Findings {
  /** Of each stage, what each step of the method would strike. */
  readonly stages: readonly (readonly StepTargets[])[];
  /** Judged probes and observations, each sampled once. */
  readonly samples: readonly ProbeSample[];
  readonly stopConditions: readonly { readonly name: string; readonly state: Alarm['state'] }[];
  /** What roles lack, or are not known to be granted. */
  readonly permissions: readonly PermissionCheck[];
}

/** Of one part of it, or of all. */
export interface Findings {
  /** What would make it fail. */
  readonly problems: readonly Finding[];
  /** What nobody could tell from here. */
  readonly unchecked: readonly Finding[];
}

export interface Finding {
  /** `step slow, stage 2`, `probe page`. */
  readonly about: string;
  readonly text: string;
}

export interface StepTargets {
  readonly step: string;
  /** Targets that may be struck now. */
  readonly found: number;
  readonly wanted: number;
  /** The keys of the groups that one draw takes; a run draws anew. */
  readonly groups: readonly string[];
  readonly spared: readonly Decision[];
}

export interface ProbeSample extends Omit<Sample, 'due'> {
  readonly name: string;
  readonly what: string;
  readonly unit?: string;
  /** Ms until the answer; absent where there was nothing to ask. */
  readonly tookMs?: number;
  readonly isJudged: boolean;
}

export interface ValidationParts {
  readonly world: World;
  readonly means: ProbeMeans;
  readonly alarms: AlarmReader;
  /** Undefined: the roles that undo are out of reach from here. */
  readonly undoer: Undoer | undefined;
  /** 64 hex digits, for the draws. */
  readonly newSecret: () => string;
  probeOf(type: string): Probe;
  /** Whether the sessions are those that a run would have. To a guest, a role that refuses says nothing about the monkey. */
  readonly isGuest: boolean;
}
