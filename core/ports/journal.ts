import type { Decision } from '../model/decision.ts';
import type { Failure } from '../model/failure.ts';
import type { Recovered } from '../model/recovery.ts';
import type { RunContext } from '../model/run-context.ts';
import type { Slot } from '../model/slot.ts';
import type { RunReport, Strike } from '../reports/run-report.ts';

/** A run's log, written as it happens: one line per decision, and the totals at the end. */
export interface Journal {
  begun(run: RunContext, slot: Slot, task: RunReport['task']): void;
  decided(decision: Decision): void;
  struck(strike: Strike): void;
  /** Whether the group of an earlier strike has recovered. */
  verified(recovered: Recovered): void;
  failed(failure: Failure): void;
  ended(report: RunReport): void;
}
