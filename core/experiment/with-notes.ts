import { isDeepStrictEqual } from 'node:util';
import type { ExperimentNote, ExperimentReport } from '../reports/experiment-report.ts';
import { isToNote } from './wording/note-command.ts';

/** A report with notes that were written since. Once there is one, nobody is asked for it any more. */
export function withNotes(report: ExperimentReport, notes: readonly ExperimentNote[]): ExperimentReport {
  const added = notes.filter((note) => !report.notes.some((one) => isDeepStrictEqual(one, note)));
  const all = [...report.notes, ...added];
  const next = all.length === 0 ? report.next : report.next.filter((step) => !isToNote(step, report.id));
  return { ...report, notes: all, next };
}
