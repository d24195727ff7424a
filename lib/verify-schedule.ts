import { Duration } from 'aws-cdk-lib';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { OtherTaskInput } from '#core/config/task.ts';
import type { ScheduledInvocation } from './scheduled-invocation.ts';

const minutes = 5;

/**
 * Verifies recovery day and night: a group struck in the day's last slot must be verified on that day, and reported if it does not
 * recover. Without open strikes, a verification is one read of the ledger.
 */
export class VerifySchedule extends Construct {
  constructor(scope: Construct, id: string, starter: ScheduledInvocation) {
    super(scope, id);
    const task: OtherTaskInput = { task: 'verify' };
    new CfnSchedule(this, 'Schedule', {
      name: 'chaos-monkey-verify',
      description: 'Lets chaos_monkey verify that groups have recovered from their strikes.',
      scheduleExpression: `rate(${minutes} minutes)`,
      flexibleTimeWindow: { mode: 'OFF' },
      // Undelivered verifications are covered by the next one.
      target: starter.invoke(task, { attempts: 2, within: Duration.minutes(minutes) }),
    });
  }
}
