import type { ChosenFault } from './fault.ts';

/** An experiment as its file says it, with every default filled in. Times are in milliseconds, shares from 0 to 1. */
export interface Experiment {
  readonly version: 'chaos/v1';
  /** The question it answers. */
  readonly title: string;
  readonly hypothesis: { readonly if: string; readonly then: string };
  readonly owner: string;
  readonly tags: readonly string[];
  readonly notes: string;
  readonly steadyState: {
    /** How long the steady state must hold before anything is injected. */
    readonly baselineMs: number;
    /** The probability of a false alarm in the whole experiment, over all probes and stages. */
    readonly falseAlarms: number;
    readonly probes: readonly JudgedProbe[];
  };
  /** Measured as the probes are, and never judged. */
  readonly observations: readonly ProbeSpec[];
  readonly method: readonly MethodStep[];
  readonly stopConditions: readonly StopCondition[];
  /** One stage, with nothing changed, where the file has no ramp. */
  readonly stages: readonly Stage[];
  /** Between two stages, after the recovery of one and before the baseline of the next. */
  readonly pauseMs: number;
  readonly recovery: { readonly withinMs: number };
  /** When it runs by itself: what EventBridge Scheduler takes, in a zone of its own. */
  readonly schedule?: { readonly cron: string; readonly timeZone: string };
  /** People are told so long before anything is injected. */
  readonly notify: { readonly leadMs: number };
}

/** What is measured, and how often. */
export interface ProbeSpec {
  /** Unique in its experiment. */
  readonly name: string;
  /** A file in probes/: `http`. */
  readonly type: string;
  /** Between the moments at which two samples are due. */
  readonly everyMs: number;
  /** A sample that has no answer by then is bad. */
  readonly timeoutMs: number;
  /** As its type parses them. */
  readonly parameters: unknown;
}

export interface JudgedProbe extends ProbeSpec {
  readonly tolerance: Tolerance;
}

/** `bad`: the share of samples that may be bad. `badForMs`: how long a state may be bad at a stretch. */
export type Tolerance = { readonly bad: number } | { readonly badForMs: number };

/** One fault on the targets that a selection yields. */
export interface MethodStep {
  /** Unique in its experiment. */
  readonly name: string;
  readonly fault: ChosenFault;
  readonly target: TargetSelection;
  /** How long the fault lasts, or how long is watched after one that is done once. */
  readonly holdMs: number;
  /** It begins once all of these have ended; empty: at once. */
  readonly startAfter: readonly string[];
}

/** What a selection leaves out is not limited. */
export interface TargetSelection {
  /** A kind of group: `asg`, `lambda`. */
  readonly kind: string;
  readonly accounts?: readonly string[];
  readonly regions?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
  readonly names?: readonly string[];
  readonly select: Select;
}

/** How many of what was found, chosen at random. `percent`, from 0 to 100, rounds down, and is at least one. */
export type Select = { readonly count: number } | { readonly percent: number } | 'all';

/** What a stage changes, by the name of a step. */
export type Stage = Readonly<Record<string, StageChanges>>;

export interface StageChanges {
  readonly select?: Select;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly holdMs?: number;
}

/** Aborts the experiment while the alarm fires. */
export interface StopCondition {
  readonly name: string;
  readonly type: 'cloudwatch-alarm';
  readonly arn: string;
}
