import type { Recovered } from '../model/recovery.ts';
import type { ExperimentNotice } from '../reports/experiment-notice.ts';
import type { Plan } from '../reports/plan.ts';
import type { RunReport } from '../reports/run-report.ts';
import type { UndoReport } from '../reports/undo-report.ts';

/** Notifies people. */
export interface Announcer {
  /** `old`: how many of its failures were announced before, and so are no reason to announce it. */
  announce(report: RunReport, old?: number): Promise<void>;
  announcePlan(plan: Plan): Promise<void>;
  /** Called as soon as a group is seen not to have recovered: the run may die before it announces anything. */
  raiseAlarm(recovered: Recovered): Promise<void>;
}

/** Tells people of faults that do not end as they should. */
export interface UndoAnnouncer {
  announceUndo(report: UndoReport): Promise<void>;
  /** As long as it is so, in each round: the alarm stays on, and the reader of a message may have missed it. */
  raiseUndoAlarm(report: UndoReport): Promise<void>;
}

/** Tells people of experiments. */
export interface ExperimentAnnouncer {
  announceExperiment(notice: ExperimentNotice): Promise<void>;
}
