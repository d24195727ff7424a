import { experimentEnd } from '#core/reports/experiment-end.ts';
import type { ExperimentRecord } from '#core/reports/experiment-record.ts';
import type { ExperimentReport } from '#core/reports/experiment-report.ts';

/** A run, wherever it took place, as `chaos experiment list --json` prints it. */
export interface ListedExperiment
  extends Pick<
    ExperimentRecord,
    'id' | 'title' | 'owner' | 'fileHash' | 'rehearsal' | 'startedBy' | 'startedAt' | 'notes'
  > {
  /** Absent where nothing differs from its file. */
  readonly ranWith?: string;
  readonly ran: 'here' | 'deployed';
  /** Null while it runs. */
  readonly ended: ExperimentRecord['ended'] | null;
}

export function listedReport(report: ExperimentReport): ListedExperiment {
  const { ranWith } = report;
  const ended = experimentEnd(report);
  return { ...common(report), ran: 'here', ...(ranWith !== undefined && { ranWith }), ended };
}

export function listedRecord(record: ExperimentRecord): ListedExperiment {
  return { ...common(record), ran: 'deployed', ended: record.ended ?? null };
}

function common({
  id,
  title,
  owner,
  fileHash,
  rehearsal,
  startedBy,
  startedAt,
  notes,
}: Omit<ListedExperiment, 'ran' | 'ranWith' | 'ended'>) {
  return { id, title, owner, fileHash, rehearsal, startedBy, startedAt, notes };
}

/** Ids begin with the moment at which the run began. */
export function newestFirst(a: ListedExperiment, b: ListedExperiment): number {
  return a.id < b.id ? 1 : -1;
}
