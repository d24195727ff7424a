import type { Config } from '../config/config.ts';
import { partitionOf, roleArn } from '../model/aws-names.ts';
import type { Phase } from '../model/fault.ts';
import { undoScheduleGroup } from '../model/undo-schedules.ts';
import type { PolicyStatement } from './policy-document.ts';

/** Where schedules that end faults are made, and the role that they act with. */
export interface ScheduleScope {
  readonly partition: string;
  readonly account: string;
  readonly undoRoleArn: string;
}

type MasterConfig = Pick<Config, 'master' | 'undoRoleName'>;

export function scheduleScope(config: MasterConfig, account: string): ScheduleScope {
  const partition = partitionOf(config.master.region);
  return { partition, account, undoRoleArn: undoRoleArn(config, account) };
}

/** The role that ends faults in a target account: that of the janitor's sessions, and of schedules. */
export function undoRoleArn({ master, undoRoleName }: MasterConfig, account: string): string {
  return roleArn(partitionOf(master.region), account, undoRoleName);
}

/** What it takes to arrange that a fault ends by itself, and to take that back: by schedules of these names, which may be patterns. */
export function scheduleStatements(
  { partition, account, undoRoleArn }: ScheduleScope,
  phases: readonly Phase[],
  names: readonly string[] = ['*'],
): readonly PolicyStatement[] {
  const arms = phases.includes('inject');
  const schedules: PolicyStatement = {
    Sid: 'UndoSchedules',
    Effect: 'Allow',
    Action: [...(arms ? ['scheduler:CreateSchedule'] : []), 'scheduler:DeleteSchedule'],
    Resource: names.map(
      (name) => `arn:${partition}:scheduler:*:${account}:schedule/${undoScheduleGroup}/${name}`,
    ),
  };
  const handOver: PolicyStatement = {
    Sid: 'UndoRole',
    Effect: 'Allow',
    Action: ['iam:PassRole'],
    Resource: [undoRoleArn],
    Condition: { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
  };
  return arms ? [schedules, handOver] : [schedules];
}
