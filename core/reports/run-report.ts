import * as z from 'zod';
import { Decision } from '../model/decision.ts';
import { Failure } from '../model/failure.ts';
import { ChosenFault } from '../model/fault.ts';
import { Recovered } from '../model/recovery.ts';
import { Trigger } from '../model/slot.ts';
import { strikeOutcomes } from '../model/strike.ts';
import { Target } from '../model/target.ts';
import { Count } from '../util/count.ts';
import type { Parsed } from '../util/parse.ts';

/** One fault on one target, and what came of it. */
const Strike = z.object({
  /** The group's key. */
  group: z.string(),
  target: Target,
  fault: ChosenFault,
  /** `leashed`: it would have been struck; nothing was touched. `unknown`: AWS was asked and did not say; a later run looks. */
  outcome: z.enum([...strikeOutcomes, 'leashed']),
  /** What changed, or what went wrong. */
  detail: z.string(),
});
export type Strike = Parsed<typeof Strike>;

/** What a gate saw. */
export const GateVerdict = z.object({
  /** The gate's name, and the reason code when it is closed. */
  gate: z.string(),
  open: z.boolean(),
  text: z.string(),
});
export type GateVerdict = Parsed<typeof GateVerdict>;

const Counts = z.object({
  accounts: Count,
  /** Account-regions whose survey was complete. */
  regionsSurveyed: Count,
  groups: Count,
  succeeded: Count,
  failed: Count,
  /** Asked of AWS, and not known whether done. */
  unknown: Count,
  leashed: Count,
  recovered: Count,
  /** Groups that did not recover in time, and are leashed now. */
  notRecovered: Count,
  failures: Count,
  /** Groups spared, by reason code. */
  spared: z.record(z.string(), Count),
});
export type Counts = Parsed<typeof Counts>;

const Omitted = z.object({
  decisions: Count,
  strikes: Count,
  recoveries: Count,
  failures: Count,
  text: z.string(),
});
export type Omitted = Parsed<typeof Omitted>;

export const RunReport = z.object({
  // One of a newer version is read as far as it is known here.
  schemaVersion: z
    .int()
    .positive()
    .transform((): 2 => 2),
  /** `verify`: looked after earlier strikes, and decided nothing. */
  task: z.enum(['run', 'verify']),
  runId: z.string(),
  trigger: Trigger,
  slot: z.string(),
  /** `leashed`: decided and reported, touched nothing. */
  mode: z.enum(['live', 'leashed']),
  /** Why the run was leashed, and how to unleash it; absent in a live run. */
  leashedBecause: z.string().exactOptional(),
  /** `closed`: a gate was closed, so nothing was surveyed. */
  outcome: z.enum(['done', 'closed']),
  /** ISO 8601, UTC. */
  startedAt: z.string(),
  durationMs: z.number(),
  gates: z.array(GateVerdict),
  counts: Counts,
  /** Groups that the request named and no survey saw: mistyped, or not opted in. */
  groupsNotFound: z.array(z.string()),
  /** For some of them, the group that was seen and probably meant. Absent where there is none. */
  didYouMean: z.record(z.string(), z.string()).exactOptional(),
  strikes: z.array(Strike),
  /** Earlier strikes whose groups were seen to have recovered, or not to. */
  recoveries: z.array(Recovered),
  failures: z.array(Failure),
  /** One for every opted-in group seen, struck or spared. */
  decisions: z.array(Decision),
  /** What was left out to fit where the report went, and where the whole is. */
  omitted: Omitted.exactOptional(),
});
export type RunReport = Parsed<typeof RunReport>;
