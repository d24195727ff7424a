import { Duration } from 'aws-cdk-lib';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { cronExpression } from '#core/calendar/schedule.ts';
import type { Config } from '#core/config/config.ts';
import type { ScheduledInvocation } from './scheduled-invocation.ts';

export interface RunScheduleProps {
  readonly config: Pick<Config, 'schedule' | 'leashed'>;
  readonly starter: ScheduledInvocation;
}

/**
 * Starts a run in every slot. The slot is the scheduled time, not the time of the call. Draws and claims depend on it, so late, retried
 * or duplicate deliveries change nothing.
 */
export class RunSchedule extends Construct {
  constructor(scope: Construct, id: string, { config, starter }: RunScheduleProps) {
    super(scope, id);
    new CfnSchedule(this, 'Schedule', {
      name: 'chaos-monkey',
      description: 'Starts a run of chaos_monkey in every slot of chaos.config.ts.',
      scheduleExpression: cronExpression(config.schedule),
      scheduleExpressionTimezone: config.schedule.timeZone,
      flexibleTimeWindow: { mode: 'OFF' },
      target: starter.invoke(
        { slot: '<aws.scheduler.scheduled-time>', dryRun: config.leashed },
        // A strike even later than that would be a surprise.
        { attempts: 5, within: Duration.minutes(15) },
      ),
    });
  }
}
