import type { Decision } from '../model/decision.ts';
import type { Recovered } from '../model/recovery.ts';
import { fitLists, jsonBytes } from '../util/fit-lists.ts';
import { grouped } from '../util/format.ts';
import type { Omitted, RunReport } from './run-report.ts';

/**
 * A report as a ledger keeps it: 400,000 bytes, as a DynamoDB item holds 409,600 with its keys and attribute names.
 * Source: "Constraints in Amazon DynamoDB", item size.
 */
export function truncateForRecord(report: RunReport): RunReport {
  return truncateReport(report, 400_000, `the log of run ${report.runId}`);
}

/** In the order in which missing entries are listed. */
const kinds = ['decisions', 'failures', 'recoveries', 'strikes'] as const;
type Kind = (typeof kinds)[number];
type Numbers = Readonly<Record<Kind, number>>;

/**
 * The report, truncated to at most `maxBytes` bytes of JSON (without indentation, UTF-8); the report itself if it fits. Spared
 * groups' decisions go first, then struck groups' decisions, failures, recoveries, strikes, and last the groups that did not
 * recover; of each kind, the last ones. As much as fits is kept, and counts always are. `whereTheRestIs` ends the sentence "All
 * of it is in ...".
 *
 * A truncated report can be truncated further, and its numbers add up. Throws `DoesNotFit`.
 */
export function truncateReport(report: RunReport, maxBytes: number, whereTheRestIs: string): RunReport {
  const { strikes, recoveries, failures, decisions } = report;
  const omittedFor = (kept: Numbers): Omitted | undefined =>
    kinds.every((kind) => kept[kind] === report[kind].length)
      ? report.omitted
      : omittedFrom(report, kept, whereTheRestIs);
  const kept = fitLists({
    entries: [
      ['recoveries', recoveries.filter(isBroken)],
      ['strikes', strikes],
      ['recoveries', recoveries.filter(not(isBroken))],
      ['failures', failures],
      ['decisions', decisions.filter(isStrike)],
      ['decisions', decisions.filter(not(isStrike))],
    ],
    shell: { ...report, strikes: [], recoveries: [], failures: [], decisions: [], omitted: undefined },
    noteBytes: (numbers) => omittedBytes(omittedFor(numbers)),
    maxBytes,
    what: `the report of run ${report.runId}`,
  });
  const omitted = omittedFor(kept);
  if (omitted === undefined || omitted === report.omitted) return report;
  return {
    ...report,
    strikes: strikes.slice(0, kept.strikes),
    recoveries: keepWorthiest(recoveries, isBroken, kept.recoveries),
    failures: failures.slice(0, kept.failures),
    decisions: keepWorthiest(decisions, isStrike, kept.decisions),
    omitted,
  };
}

function omittedFrom(report: RunReport, kept: Numbers, whereTheRestIs: string): Omitted {
  const missing = (kind: Kind) => report[kind].length - kept[kind] + (report.omitted?.[kind] ?? 0);
  const omitted = {
    decisions: missing('decisions'),
    strikes: missing('strikes'),
    recoveries: missing('recoveries'),
    failures: missing('failures'),
  };
  const parts = kinds
    .filter((kind) => omitted[kind] > 0)
    .map((kind) => `${grouped(omitted[kind])} of ${grouped(omitted[kind] + kept[kind])} ${kind}`);
  return { ...omitted, text: `Left out to fit: ${parts.join(', ')}. All of it is in ${whereTheRestIs}.` };
}

/** The first `count` entries, preferring the worthier ones, in their original order. */
function keepWorthiest<Entry>(
  entries: readonly Entry[],
  isWorthier: (entry: Entry) => boolean,
  count: number,
): readonly Entry[] {
  let worthier = Math.min(count, entries.filter(isWorthier).length);
  let others = count - worthier;
  return entries.filter((entry) => (isWorthier(entry) ? worthier-- : others--) > 0);
}

const isStrike = ({ verdict }: Decision) => verdict === 'strike';
const isBroken = ({ recovery }: Recovered) => recovery.outcome === 'not-recovered';
const not =
  <Entry>(is: (entry: Entry) => boolean) =>
  (entry: Entry) =>
    !is(entry);

function omittedBytes(omitted: Omitted | undefined): number {
  return omitted === undefined ? 0 : ',"omitted":'.length + jsonBytes(omitted);
}
