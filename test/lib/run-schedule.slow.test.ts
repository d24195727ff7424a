import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import type { ConfigInput } from '#core/config/config.ts';
import { aConfig } from '../support/a-config.ts';
import { masterStack } from '../support/synth.ts';

function template(overrides: Partial<ConfigInput> = {}): Template {
  return Template.fromStack(masterStack(aConfig(overrides)));
}

/** What the schedule hands to the function. */
function inputOf(stack: Template): unknown {
  const [schedule] = Object.values(
    stack.findResources('AWS::Scheduler::Schedule', { Properties: { Name: 'chaos-monkey' } }),
  );
  return JSON.parse(schedule?.Properties.Target.Input);
}

describe('the schedule', () => {
  test('is the configured one, in its time zone, to the minute', () => {
    template({
      schedule: {
        timeZone: 'Europe/Berlin',
        days: ['mon', 'fri'],
        from: '10:00',
        to: '12:00',
        everyMinutes: 30,
      },
    }).hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'cron(0,30 10,11 ? * MON,FRI *)',
      ScheduleExpressionTimezone: 'Europe/Berlin',
      FlexibleTimeWindow: { Mode: 'OFF' },
    });
  });

  test('passes the scheduled moment as the slot, and strikes only when the configuration is not leashed', () => {
    const slot = '<aws.scheduler.scheduled-time>';
    expect(inputOf(template({ leashed: false }))).toEqual({ slot, dryRun: false });
    expect(inputOf(template({ leashed: true }))).toEqual({ slot, dryRun: true });
  });

  test('keeps what it could not deliver', () => {
    const stack = template();
    const [queue] = Object.keys(stack.findResources('AWS::SQS::Queue'));
    stack.hasResourceProperties('AWS::Scheduler::Schedule', {
      Name: 'chaos-monkey',
      Target: {
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': [queue, 'Arn'] } },
        RetryPolicy: { MaximumEventAgeInSeconds: 900, MaximumRetryAttempts: 5 },
      },
    });
  });
});
