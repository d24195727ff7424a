import { grouped } from './message/words.ts';
import type { Decision, Omitted, RunReport } from './report.ts';

/** A report that cannot be made to fit: with every decision, failure and strike left out it is still too large. */
export class ReportDoesNotFit extends Error {
  override readonly name = 'ReportDoesNotFit';
  readonly maxBytes: number;

  constructor(runId: string, maxBytes: number) {
    super(`the report of run ${runId} does not fit in ${maxBytes} bytes, even without its lists`);
    this.maxBytes = maxBytes;
  }
}

/**
 * What a ledger keeps of a report. 400,000 bytes, as a DynamoDB item holds 409,600 with its keys and attribute names.
 * Source: "Constraints in Amazon DynamoDB", item size.
 */
export function fitForRecord(report: RunReport): RunReport {
  return fitReport(report, 400_000, `the log of run ${report.runId}`);
}

type Kind = 'strikes' | 'failures' | 'decisions';
type Numbers = Record<Kind, number>;

/**
 * The report, cut so that its JSON (without indentation) has at most `maxBytes` bytes of UTF-8; the report itself if it
 * fits. Spared groups' decisions go first, then struck groups' decisions, failures, and last the strikes; of each kind the
 * last ones. As much is kept as fits, counts always. `whereTheRestIs` ends the sentence "All of it is in ...".
 *
 * A report that was cut before is cut further, and its numbers add up. Each entry is serialised once.
 * Throws `ReportDoesNotFit`.
 */
export function fitReport(report: RunReport, maxBytes: number, whereTheRestIs: string): RunReport {
  // What is worth most comes first.
  const entries = [
    ...report.strikes.map((entry) => measured('strikes', entry)),
    ...report.failures.map((entry) => measured('failures', entry)),
    ...report.decisions.filter(isStrike).map((entry) => measured('decisions', entry)),
    ...report.decisions.filter(isSpare).map((entry) => measured('decisions', entry)),
  ];
  const kept: Numbers = {
    strikes: report.strikes.length,
    failures: report.failures.length,
    decisions: report.decisions.length,
  };
  const shellBytes = bytesOf({ ...report, strikes: [], failures: [], decisions: [], omitted: undefined });
  let listBytes =
    entries.reduce((sum, { bytes }) => sum + bytes, 0) +
    Object.values(kept).reduce((commas, count) => commas + Math.max(0, count - 1), 0);
  if (shellBytes + listBytes + omittedBytes(report.omitted) <= maxBytes) return report;

  for (const { kind, bytes } of entries.reverse()) {
    listBytes -= bytes + (kept[kind] > 1 ? 1 : 0);
    kept[kind] -= 1;
    // Still too large, whatever the sentence will take: it need not be made.
    if (shellBytes + listBytes > maxBytes) continue;
    const omitted = omittedFrom(report, kept, whereTheRestIs);
    if (shellBytes + listBytes + omittedBytes(omitted) <= maxBytes) {
      return {
        ...report,
        strikes: report.strikes.slice(0, kept.strikes),
        failures: report.failures.slice(0, kept.failures),
        decisions: keepDecisions(report.decisions, kept.decisions),
        omitted,
      };
    }
  }
  throw new ReportDoesNotFit(report.runId, maxBytes);
}

function omittedFrom(report: RunReport, kept: Numbers, whereTheRestIs: string): Omitted {
  const missing = (kind: Kind) => report[kind].length - kept[kind] + (report.omitted?.[kind] ?? 0);
  const omitted = {
    decisions: missing('decisions'),
    strikes: missing('strikes'),
    failures: missing('failures'),
  };
  const parts = (['decisions', 'failures', 'strikes'] as const)
    .filter((kind) => omitted[kind] > 0)
    .map((kind) => `${grouped(omitted[kind])} of ${grouped(omitted[kind] + kept[kind])} ${kind}`);
  return { ...omitted, text: `Left out to fit: ${parts.join(', ')}. All of it is in ${whereTheRestIs}.` };
}

/** The first `count` by worth, in the order they had. */
function keepDecisions(decisions: readonly Decision[], count: number): readonly Decision[] {
  const strikes = Math.min(count, decisions.filter(isStrike).length);
  const room = { strike: strikes, spare: count - strikes };
  return decisions.filter(({ verdict }) => room[verdict]-- > 0);
}

const isStrike = ({ verdict }: Decision) => verdict === 'strike';
const isSpare = (decision: Decision) => !isStrike(decision);

function measured(kind: Kind, entry: object) {
  return { kind, bytes: bytesOf(entry) };
}

function omittedBytes(omitted: Omitted | undefined): number {
  return omitted === undefined ? 0 : ',"omitted":'.length + bytesOf(omitted);
}

function bytesOf(value: object): number {
  return Buffer.byteLength(JSON.stringify(value));
}
