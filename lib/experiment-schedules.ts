import { Duration } from 'aws-cdk-lib';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { ScheduledExperiment } from './config/scheduled-experiments.ts';
import type { ScheduledInvocation } from './scheduled-invocation.ts';

export interface ExperimentSchedulesProps {
  readonly scheduled: readonly ScheduledExperiment[];
  readonly starter: ScheduledInvocation;
}

/** Starts experiments when their files say. The slot is the scheduled time: a late, retried or duplicate delivery is the same run. */
export class ExperimentSchedules extends Construct {
  constructor(scope: Construct, id: string, { scheduled, starter }: ExperimentSchedulesProps) {
    super(scope, id);
    for (const { name, text: file, schedule } of scheduled) {
      const slot = '<aws.scheduler.scheduled-time>';
      new CfnSchedule(this, name, {
        name,
        description: 'Starts an experiment when its file says.',
        scheduleExpression: `cron(${schedule.cron})`,
        scheduleExpressionTimezone: schedule.timeZone,
        flexibleTimeWindow: { mode: 'OFF' },
        target: starter.invoke(
          { file, trigger: 'schedule', startedBy: `schedule ${name}`, slot },
          // An experiment even later than that would be a surprise.
          { attempts: 5, within: Duration.minutes(15) },
        ),
      });
    }
  }
}
