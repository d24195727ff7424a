import type { Plan } from '../plan/plan.ts';
import type { RunReport } from '../report.ts';

/** What machines are told: the topic's other subscribers, and the notifier. */
export type MachineEvent = RunEvent | PlanEvent;

/** A run, or a look after earlier strikes: the report's `task` says which. */
export interface RunEvent {
  readonly schemaVersion: 1;
  readonly type: 'chaos.run';
  readonly report: RunReport;
}
/** Who is drawn to be struck. */
export interface PlanEvent {
  readonly schemaVersion: 1;
  readonly type: 'chaos.plan';
  readonly plan: Plan;
}

export function runEvent(report: RunReport): RunEvent {
  return { schemaVersion: 1, type: 'chaos.run', report };
}

export function planEvent(plan: Plan): PlanEvent {
  return { schemaVersion: 1, type: 'chaos.plan', plan };
}
