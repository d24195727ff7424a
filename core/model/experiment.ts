import * as z from 'zod';
import type { Parsed } from '../util/parse.ts';
import { ChosenFault } from './fault.ts';

/** What is measured, and how often. */
export const ProbeSpec = z.object({
  /** Unique in its experiment. */
  name: z.string(),
  /** A file in probes/: `http`. */
  type: z.string(),
  /** Between the moments at which two samples are due. */
  everyMs: z.number(),
  /** A sample that has no answer by then is bad; of a state, or of shares, unmeasured. */
  timeoutMs: z.number(),
  /** As its type parses them. */
  parameters: z.unknown(),
});
export type ProbeSpec = Parsed<typeof ProbeSpec>;

/** `bad`: the share of samples that may be bad. `badForMs`: how long a state may be bad at a stretch. */
export const Tolerance = z.union([z.object({ bad: z.number() }), z.object({ badForMs: z.number() })]);
export type Tolerance = Parsed<typeof Tolerance>;

export const JudgedProbe = ProbeSpec.extend({ tolerance: Tolerance });
export type JudgedProbe = Parsed<typeof JudgedProbe>;

/** How many of what was found, chosen at random. `percent`, from 0 to 100, rounds down, and is at least one. */
export const Select = z.union([
  z.object({ count: z.number() }),
  z.object({ percent: z.number() }),
  z.literal('all'),
]);
export type Select = Parsed<typeof Select>;

/** What a selection leaves out is not limited. */
export const TargetSelection = z.object({
  /** A kind of group: `asg`, `function`. */
  kind: z.string(),
  accounts: z.array(z.string()).exactOptional(),
  regions: z.array(z.string()).exactOptional(),
  tags: z.record(z.string(), z.string()).exactOptional(),
  names: z.array(z.string()).exactOptional(),
  select: Select,
});
export type TargetSelection = Parsed<typeof TargetSelection>;

/** One fault on the targets that a selection yields. */
export const MethodStep = z.object({
  /** Unique in its experiment. */
  name: z.string(),
  fault: ChosenFault,
  target: TargetSelection,
  /** How long the fault lasts, or how long is watched after one that is done once. */
  holdMs: z.number(),
  /** It begins once all of these have ended; empty: at once. */
  startAfter: z.array(z.string()),
});
export type MethodStep = Parsed<typeof MethodStep>;

/** What is left out is as the step says it. */
export const StageChanges = z.object({
  select: Select.exactOptional(),
  /** All of them, as the fault parses them, its `minutes` included. */
  parameters: z.record(z.string(), z.unknown()).exactOptional(),
  holdMs: z.number().exactOptional(),
});
export type StageChanges = Parsed<typeof StageChanges>;

/** What a stage changes, by the name of a step. */
export const Stage = z.record(z.string(), StageChanges);
export type Stage = Parsed<typeof Stage>;

/** Aborts the experiment while the alarm fires. */
export const StopCondition = z.object({
  name: z.string(),
  type: z.literal('cloudwatch-alarm'),
  arn: z.string(),
});
export type StopCondition = Parsed<typeof StopCondition>;

/** An experiment as its file says it, with every default filled in. Times are in milliseconds, shares from 0 to 1. */
export const Experiment = z.object({
  version: z.literal('chaos/v1'),
  /** The question it answers. */
  title: z.string(),
  // biome-ignore lint/suspicious/noThenProperty: the field's word, and a text is no function.
  hypothesis: z.object({ if: z.string(), then: z.string() }),
  owner: z.string(),
  tags: z.array(z.string()),
  notes: z.string(),
  steadyState: z.object({
    /** How long the steady state must hold before anything is injected. */
    baselineMs: z.number(),
    /** The probability of a false alarm in the whole experiment, over all probes and stages. */
    falseAlarms: z.number(),
    probes: z.array(JudgedProbe),
  }),
  /** Measured as the probes are, and never judged: also the load that it makes itself. */
  observations: z.array(ProbeSpec),
  method: z.array(MethodStep),
  stopConditions: z.array(StopCondition),
  /** One stage, with nothing changed, where the file has no ramp. */
  stages: z.array(Stage),
  /** Between two stages, after the recovery of one and before the baseline of the next. */
  pauseMs: z.number(),
  recovery: z.object({ withinMs: z.number() }),
  /** When it runs by itself: what EventBridge Scheduler takes, in a zone of its own. */
  schedule: z.object({ cron: z.string(), timeZone: z.string() }).exactOptional(),
  /** People are told so long before anything is injected. */
  notify: z.object({ leadMs: z.number() }),
});
export type Experiment = Parsed<typeof Experiment>;
