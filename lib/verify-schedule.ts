import { Duration } from 'aws-cdk-lib';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { OtherTaskInput } from '#core/config/task.ts';
import type { ScheduledInvocation } from './scheduled-invocation.ts';

const minutes = 5;

/**
 * Looks after strikes day and night: a group that is struck in the day's last slot is to be seen to recover on that day, and
 * one that does not is to be told of. Where no strike is open it is one read of the ledger.
 */
export class VerifySchedule extends Construct {
  constructor(scope: Construct, id: string, starter: ScheduledInvocation) {
    super(scope, id);
    const task: OtherTaskInput = { task: 'verify' };
    new CfnSchedule(this, 'Schedule', {
      name: 'chaos-monkey-verify',
      description: 'Lets chaos_monkey look whether groups have recovered from their strikes.',
      scheduleExpression: `rate(${minutes} minutes)`,
      flexibleTimeWindow: { mode: 'OFF' },
      // What is not delivered by then is done by the next.
      target: starter.invoke(task, { attempts: 2, within: Duration.minutes(minutes) }),
    });
  }
}
