import * as z from 'zod';
import { Failure } from '../model/failure.ts';
import { ChosenFault } from '../model/fault.ts';
import { Target } from '../model/target.ts';
import { Count } from '../util/count.ts';
import type { Parsed } from '../util/parse.ts';

/** The exit codes of `chaos experiment run` are their places; `undo-failed` has 7, as 2 is a mistake in the command itself. */
export const verdicts = [
  'survived',
  'deviated',
  'not-steady',
  'inconclusive',
  'aborted',
  'failed',
  'undo-failed',
] as const;

/** ISO 8601, UTC, to the millisecond. */
const Moment = z.string();

const Verdict = z.object({
  is: z.enum(verdicts),
  /** One sentence, without the word of the verdict: `probe page had 12 bad samples of 12 since 09:00:04`. */
  why: z.string(),
  /** The probe that deviated or was not steady. */
  probe: z.string().exactOptional(),
  /** When it was known. */
  at: Moment,
  /** Of a deviation: the evidence, and the bound that it passed. `evidence` of 1,200 means odds of 1,200 to 1 against chance. */
  evidence: z.object({ reached: z.number(), bound: z.number() }).exactOptional(),
  /** Of one that could not be undone: the probe that deviated all the same, and why. */
  deviated: z.string().exactOptional(),
  /** Of an abort: who or what. `stop by alice`, `stop condition checkout-burning`. */
  by: z.string().exactOptional(),
});

/** What happened between two moments. */
const Phase = z.object({
  is: z.enum(['baseline', 'fault', 'recovery', 'pause', 'wait']),
  /** 1 for the first. */
  stage: Count,
  from: Moment,
  to: Moment,
});

const Struck = z.object({
  /** The name of the step in the method. */
  step: z.string(),
  stage: Count,
  group: z.string(),
  target: Target,
  fault: ChosenFault,
  outcome: z.enum(['succeeded', 'failed', 'unknown', 'spared', 'rehearsed']),
  /** What changed, what went wrong, or why it was spared. */
  detail: z.string(),
  /** When it was in effect; absent while or where it was not. */
  from: Moment.exactOptional(),
  to: Moment.exactOptional(),
  /** The id of its undo entry, for `chaos undo`. */
  undo: z.string().exactOptional(),
  /** aws CLI commands that undo it; empty once it is undone. */
  byHand: z.array(z.string()),
});

/** The samples of one interval. */
const Bin = z.object({
  /** Epoch ms of its start. */
  at: z.number(),
  good: Count,
  bad: Count,
  unmeasured: Count,
  /** Of the values in it; absent where none had any. */
  min: z.number().exactOptional(),
  median: z.number().exactOptional(),
  max: z.number().exactOptional(),
});

const BadSample = z.object({ at: z.number(), value: z.number().exactOptional(), detail: z.string() });

/** What the samples of one phase show of a probe. */
const PhaseOfProbe = z.object({
  is: Phase.shape.is,
  stage: Count,
  good: Count,
  bad: Count,
  unmeasured: Count,
  p50: z.number().exactOptional(),
  p95: z.number().exactOptional(),
});

const ProbeResult = z.object({
  name: z.string(),
  type: z.string(),
  /** What is measured, for people: `GET https://shop.example.com/ within 800 ms`. */
  what: z.string(),
  unit: z.string().exactOptional(),
  everyMs: z.number(),
  /** Absent for observations, which are not judged. */
  tolerance: z.union([z.object({ bad: z.number() }), z.object({ badForMs: z.number() })]).exactOptional(),
  /** A value above which a sample is bad, for the chart. */
  limit: z.number().exactOptional(),
  is: z.enum(['within', 'deviated', 'not-steady', 'too-little', 'observed']),
  phases: z.array(PhaseOfProbe),
  /** The smallest constant share of bad samples that would have been noticed with a probability of 95 %. */
  notices: z.number().exactOptional(),
  /** With 95 % confidence the share of bad samples under the fault was below this. */
  below: z.number().exactOptional(),
  /** From the first moment of the fault until the evidence was enough. */
  detectedAfterMs: z.number().exactOptional(),
  /** Of a deviation, which samples decided: `15 of the last 15 (100 %) samples were bad, from 09:16:39 UTC on; 5 % is tolerated`. */
  why: z.string().exactOptional(),
  /** From the end of the fault until it was within its tolerance again. */
  recoveredAfterMs: z.number().exactOptional(),
  /** Whether that was in time, or nobody can tell. Absent where nobody looked. */
  recovery: z.enum(['in-time', 'late', 'unknown']).exactOptional(),
  bins: z.array(Bin),
  binMs: z.number(),
  /** The last ones of each phase, at most hundreds of them; `phases` has how many there were. */
  badSamples: z.array(BadSample),
  /** Of the evidence against it over time: epoch ms, and the common logarithm. */
  evidence: z.array(z.tuple([z.number(), z.number()])),
});

const ExperimentEvent = z.object({
  at: Moment,
  is: z.enum(['phase', 'strike', 'undo', 'verdict', 'stop', 'alarm', 'note', 'problem']),
  text: z.string(),
});

/** Why, by whom, when: what was learned. */
export const ExperimentNote = z.object({ at: Moment, by: z.string(), text: z.string() });
export type ExperimentNote = Parsed<typeof ExperimentNote>;

/** All that is known of one run of an experiment. It holds no secret. */
export const ExperimentReport = z.object({
  schemaVersion: z.literal(1),
  /** `20261123T090000Z-3f9a1c2b`. */
  id: z.string(),
  title: z.string(),
  // biome-ignore lint/suspicious/noThenProperty: the field's word, and a text is no function.
  hypothesis: z.object({ if: z.string(), then: z.string() }),
  owner: z.string(),
  tags: z.array(z.string()),
  /** Of the file as it was read: the SHA-256 in hex. Runs of the same file can be compared. */
  fileHash: z.string(),
  /** The same run without the fault. */
  rehearsal: z.boolean(),
  /** What it ran with that is not in its file: `--no-graceful`. */
  ranWith: z.string().exactOptional(),
  trigger: z.string(),
  startedBy: z.string(),
  startedAt: Moment,
  endedAt: Moment,
  /** Of the schedule in the configuration: reports show both. */
  timeZone: z.string(),
  verdict: Verdict,
  /** The stage that was reached, and how many the file has. */
  stages: z.object({ reached: Count, planned: Count }),
  /** What to do next, a sentence each: scale up to ..., or fix ... */
  next: z.array(z.string()),
  falseAlarms: z.number(),
  probes: z.array(ProbeResult),
  strikes: z.array(Struck),
  phases: z.array(Phase),
  events: z.array(ExperimentEvent),
  notes: z.array(ExperimentNote),
  failures: z.array(Failure),
  /** Probability that the verdict is a false alarm, as one sentence of the documentation words it. */
  promise: z.string(),
});
export type ExperimentReport = Parsed<typeof ExperimentReport>;
export type ProbeResult = ExperimentReport['probes'][number];
export type StruckTarget = ExperimentReport['strikes'][number];
export type ExperimentEvent = ExperimentReport['events'][number];
export type ExperimentPhase = ExperimentReport['phases'][number];
export type ExperimentVerdict = ExperimentReport['verdict'];
