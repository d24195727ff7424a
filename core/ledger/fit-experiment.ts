import type { ExperimentEnd, ExperimentStop, Lease } from '../ports/experiment-ledger.ts';
import type { ExperimentProgress } from '../reports/experiment-progress.ts';
import type { ExperimentRecord } from '../reports/experiment-record.ts';
import type { ExperimentNote } from '../reports/experiment-report.ts';
import { maxReason, maxText, oneLine } from '../util/format.ts';

/**
 * What every ledger keeps of an experiment. A stop is read with the whole record, twice a second: without notes, which people write
 * afterwards, and with no more than a dozen stop conditions, it is below the 4 KB that cost DynamoDB one read unit. With all of them it is below the 400 KB of an item.
 */
const maxWhy = 1_000;
/** Evidence goes beyond what DynamoDB takes for a number, either way. */
const [leastOdds, mostOdds] = [1e-6, 1e12];
/** In characters of JSON: some ten probes. */
const maxProbes = 1_000;
/** In characters. */
export const maxNote = 1_500;
export const mostNotes = 50;

export function fitRecord(record: ExperimentRecord): ExperimentRecord {
  const { title, owner, trigger, startedBy } = record;
  return {
    ...record,
    title: oneLine(title, maxText),
    owner: oneLine(owner, maxText),
    trigger: oneLine(trigger, maxText),
    startedBy: oneLine(startedBy, maxText),
  };
}

/** What a renewed lease changes in a record. */
export function fitLease({ until, isWaiting, wakeUp, progress }: Lease): Partial<ExperimentRecord> {
  return {
    ...{ leaseUntil: until, isWaiting },
    ...(wakeUp !== undefined && { wakeUp }),
    ...(progress !== undefined && { progress: fitProgress(progress) }),
  };
}

function fitProgress(progress: ExperimentProgress): ExperimentProgress {
  const probes = progress.probes.map(({ odds, ...probe }) => ({
    ...probe,
    ...(odds !== undefined && {
      odds: Number(Math.min(Math.max(odds, leastOdds), mostOdds).toPrecision(3)),
    }),
  }));
  const all = probes.length + progress.more;
  while (JSON.stringify(probes).length > maxProbes) probes.pop();
  return { ...progress, probes, more: all - probes.length };
}

export function fitStop({ by, reason, at }: ExperimentStop): ExperimentStop {
  return { by: oneLine(by, maxText), reason: oneLine(reason, maxReason), at };
}

export function fitEnd(ended: ExperimentEnd): ExperimentEnd {
  return { ...ended, why: oneLine(ended.why, maxWhy) };
}

export function fitNote({ at, by, text }: ExperimentNote): ExperimentNote {
  return { at, by: oneLine(by, maxText), text: oneLine(text, maxNote) };
}
