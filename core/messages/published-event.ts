import * as z from 'zod';
import { Deployment } from '../model/deployment.ts';
import type { Recovered } from '../model/recovery.ts';
import { ExperimentNotice } from '../reports/experiment-notice.ts';
import { Plan } from '../reports/plan.ts';
import { RunReport } from '../reports/run-report.ts';
import { UndoReport } from '../reports/undo-report.ts';
import type { Parsed } from '../util/parse.ts';
import { version } from '../util/version.ts';

/** Placeholders: a message that does not say where it comes from is better than none. */
const unknownDeployment: Deployment = {
  account: 'ACCOUNT',
  region: 'REGION',
  table: 'TABLE',
  version,
  timeZone: 'UTC',
};

const common = { schemaVersion: z.literal(1), deployment: Deployment.catch(unknownDeployment) };

/** A run, or a verification of earlier strikes: the report's `task` says which. */
const RunEvent = z.object({ ...common, type: z.literal('chaos.run'), report: RunReport });
export type RunEvent = Parsed<typeof RunEvent>;

/** Who has been drawn to be struck. */
const PlanEvent = z.object({ ...common, type: z.literal('chaos.plan'), plan: Plan });
export type PlanEvent = Parsed<typeof PlanEvent>;

/** Strikes that people have to see to: undoing them fails, or somebody else has changed their targets. */
const UndoEvent = z.object({ ...common, type: z.literal('chaos.undo'), report: UndoReport });
export type UndoEvent = Parsed<typeof UndoEvent>;

/** What an experiment is about to do, or came to. */
const ExperimentEvent = z.object({
  ...common,
  type: z.literal('chaos.experiment'),
  notice: ExperimentNotice,
});
export type ExperimentEvent = Parsed<typeof ExperimentEvent>;

/** The JSON that is published to SNS: for the notifier, and for subscribers other than e-mail. */
export const PublishedEvent = z.discriminatedUnion(
  'type',
  [RunEvent, PlanEvent, UndoEvent, ExperimentEvent],
  'expected an event of type "chaos.run", "chaos.plan", "chaos.undo" or "chaos.experiment"',
);
export type PublishedEvent = Parsed<typeof PublishedEvent>;

/**
 * A group that did not recover. Published immediately, on a separate topic, as the run that saw it may die before it announces
 * anything.
 */
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

export function undoEvent(report: UndoReport, deployment: Deployment): UndoEvent {
  return { schemaVersion: 1, type: 'chaos.undo', deployment, report };
}

export function experimentEvent(notice: ExperimentNotice, deployment: Deployment): ExperimentEvent {
  return { schemaVersion: 1, type: 'chaos.experiment', deployment, notice };
}

export function notRecoveredEvent(recovered: Recovered, deployment: Deployment): NotRecoveredEvent {
  return { schemaVersion: 1, type: 'chaos.not-recovered', deployment, recovered };
}
