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

/** One fault on one target, and the outcome. */
const Strike = z.object({
  /** The group's key. */
  group: z.string(),
  target: Target,
  fault: ChosenFault,
  /**
   * `leashed`: it would have been struck; nothing was touched. `unknown`: AWS was called but did not confirm; a later run
   * checks.
   */
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

/** What a role lacks for what a leashed run would have done. */
export const PermissionCheck = z.object({
  /** `inject`: with the role of strikes, which may have to undo at once. `undo`: with the role that undoes. */
  task: z.enum(['inject', 'undo']),
  role: z.string(),
  accounts: z.array(z.string()),
  /** Actions that IAM would deny. */
  missing: z.array(z.string()),
  /** Actions of which nobody knows. */
  unknown: z.array(z.string()),
  why: z.string().exactOptional(),
});
export type PermissionCheck = Parsed<typeof PermissionCheck>;

const Counts = z.object({
  accounts: Count,
  /** Account-regions whose survey was complete. */
  regionsSurveyed: Count,
  groups: Count,
  succeeded: Count,
  failed: Count,
  /** AWS was called, but it is not known whether it struck. */
  unknown: Count,
  leashed: Count,
  recovered: Count,
  /** Groups that did not recover in time and are now leashed. */
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
  // A newer version's report is read as far as this version knows its format.
  schemaVersion: z
    .int()
    .positive()
    .transform((): 2 => 2),
  /** `verify`: verified earlier strikes and decided nothing. */
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
  /** Groups that the request named but no survey saw: mistyped, or not opted in. */
  groupsNotFound: z.array(z.string()),
  /** For some of them, a group that was seen and probably meant. Absent if there is none. */
  didYouMean: z.record(z.string(), z.string()).exactOptional(),
  strikes: z.array(Strike),
  /** What roles are not known to be allowed to do of these. Absent in a live run, and if nothing would last. */
  permissions: z.array(PermissionCheck).exactOptional(),
  /** Earlier strikes whose groups were found to have recovered, or not. */
  recoveries: z.array(Recovered),
  failures: z.array(Failure),
  /** One for every opted-in group seen, struck or spared. */
  decisions: z.array(Decision),
  /** What was left out to fit, and where the complete report is. */
  omitted: Omitted.exactOptional(),
});
export type RunReport = Parsed<typeof RunReport>;
