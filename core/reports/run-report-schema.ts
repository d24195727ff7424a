import * as z from 'zod';
import type { Decision, Reason } from '../model/decision.ts';
import type { Failure } from '../model/failure.ts';
import type { Recovered, Recovery } from '../model/recovery.ts';
import { Target } from '../model/target.ts';
import { parse } from '../util/parse.ts';
import type { Omitted, RunReport, Strike } from './run-report.ts';

/**
 * Reports that come back from outside: from the ledger, or as the answer of the deployed function. What another version wrote
 * beside what is known here is passed over.
 */

const Count = z.int().nonnegative();

const ReasonShape: z.ZodType<Reason> = z.object({ code: z.string(), text: z.string() });

export const DecisionShape: z.ZodType<Decision> = z.object({
  group: z.string(),
  verdict: z.enum(['strike', 'spare']),
  reason: ReasonShape,
  also: z.array(ReasonShape).exactOptional(),
  probability: z.number().exactOptional(),
  drawn: z.number().exactOptional(),
  due: z.string().exactOptional(),
});

const StrikeShape: z.ZodType<Strike> = z.object({
  group: z.string(),
  target: Target,
  fault: z.object({ name: z.string(), parameters: z.unknown() }),
  outcome: z.enum(['succeeded', 'failed', 'unknown', 'leashed']),
  detail: z.string(),
});

export const RecoveryShape: z.ZodType<Recovery> = z.object({
  outcome: z.enum(['recovered', 'not-recovered', 'gone']),
  at: z.string(),
  tookMs: z.number().exactOptional(),
  exact: z.boolean().exactOptional(),
  text: z.string(),
});

const RecoveredShape: z.ZodType<Recovered> = z.object({
  group: z.string(),
  target: Target,
  runId: z.string(),
  slot: z.string(),
  struckAt: z.string(),
  recovery: RecoveryShape,
});

export const FailureShape: z.ZodType<Failure> = z.object({
  stage: z.enum(['control', 'assume-role', 'survey', 'inspect', 'claim', 'verify', 'record', 'announce']),
  code: z.string(),
  message: z.string(),
  account: z.string().exactOptional(),
  region: z.string().exactOptional(),
  group: z.string().exactOptional(),
});

const OmittedShape: z.ZodType<Omitted> = z.object({
  decisions: Count,
  strikes: Count,
  recoveries: Count.default(0),
  failures: Count,
  text: z.string(),
});

export const ReportShape: z.ZodType<RunReport> = z.object({
  // One of a newer version is read as far as it is known here.
  schemaVersion: z
    .int()
    .positive()
    .transform((): 1 => 1),
  // Reports that were recorded before there were verifications have none of it.
  task: z.enum(['run', 'verify']).default('run'),
  runId: z.string(),
  trigger: z.enum(['schedule', 'invoke', 'api', 'cli']),
  slot: z.string(),
  mode: z.enum(['live', 'leashed']),
  leashedBecause: z.string().exactOptional(),
  outcome: z.enum(['done', 'closed']),
  startedAt: z.string(),
  durationMs: z.number(),
  gates: z.array(z.object({ gate: z.string(), open: z.boolean(), text: z.string() })),
  counts: z.object({
    accounts: Count,
    regionsSurveyed: Count,
    groups: Count,
    succeeded: Count,
    failed: Count,
    unknown: Count.default(0),
    leashed: Count,
    recovered: Count.default(0),
    notRecovered: Count.default(0),
    failures: Count,
    spared: z.record(z.string(), Count),
  }),
  groupsNotFound: z.array(z.string()),
  didYouMean: z.record(z.string(), z.string()).exactOptional(),
  strikes: z.array(StrikeShape),
  recoveries: z.array(RecoveredShape).default([]),
  failures: z.array(FailureShape),
  decisions: z.array(DecisionShape),
  omitted: OmittedShape.exactOptional(),
});

/** Throws `InvalidInput`, naming each mistake by its path. `what` says where the report came from. */
export function parseReport(input: unknown, what: string): RunReport {
  return parse(ReportShape, input, what);
}
