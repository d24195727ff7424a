import type { Deployment } from '../model/deployment.ts';
import type { Recovered } from '../model/recovery.ts';
import type { Plan } from '../reports/plan.ts';
import type { RunReport } from '../reports/run-report.ts';

/** What machines are told: the topic's other subscribers, and the notifier. */
export type MachineEvent = RunEvent | PlanEvent;

/** A run, or a look after earlier strikes: the report's `task` says which. */
export interface RunEvent {
  readonly schemaVersion: 1;
  readonly type: 'chaos.run';
  readonly deployment: Deployment;
  readonly report: RunReport;
}
/** Who is drawn to be struck. */
export interface PlanEvent {
  readonly schemaVersion: 1;
  readonly type: 'chaos.plan';
  readonly deployment: Deployment;
  readonly plan: Plan;
}
/** A group that did not recover, on a topic of its own, at once: the run that saw it may not live to announce it. */
export interface NotRecoveredEvent {
  readonly schemaVersion: 1;
  readonly type: 'chaos.not-recovered';
  readonly deployment: Deployment;
  readonly recovered: Recovered;
}

export function runEvent(report: RunReport, deployment: Deployment): RunEvent {
  return { schemaVersion: 1, type: 'chaos.run', deployment, report };
}

export function planEvent(plan: Plan, deployment: Deployment): PlanEvent {
  return { schemaVersion: 1, type: 'chaos.plan', deployment, plan };
}

export function notRecoveredEvent(recovered: Recovered, deployment: Deployment): NotRecoveredEvent {
  return { schemaVersion: 1, type: 'chaos.not-recovered', deployment, recovered };
}
