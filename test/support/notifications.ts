import { experimentEvent, planEvent, runEvent } from '#core/messages/published-event.ts';
import type { ExperimentNotice } from '#core/reports/experiment-notice.ts';
import type { Plan } from '#core/reports/plan.ts';
import type { RunReport } from '#core/reports/run-report.ts';
import { parseNotification } from '#lambdas/chaos-notifier/notification.ts';
import type { Notification } from '#notify/shared/channel.ts';
import { aMasterDeployment } from './a-master-deployment.ts';

/** An event as SNS invokes a function with it, abridged. Source: Lambda developer guide, "Using Lambda with Amazon SNS". */
export function snsEvent(message: unknown): object {
  return {
    Records: [
      {
        EventVersion: '1.0',
        EventSubscriptionArn: 'arn:aws:sns:eu-west-1:111111111111:chaos-monkey:21be56ed',
        EventSource: 'aws:sns',
        Sns: {
          Type: 'Notification',
          MessageId: '95df01b4-ee98-5cb9-9903-4c221d41eb5e',
          TopicArn: 'arn:aws:sns:eu-west-1:111111111111:chaos-monkey',
          Subject: 'Chaos monkey struck 1 target in account 222222222222',
          Message: typeof message === 'string' ? message : JSON.stringify(message),
          Timestamp: '2026-11-23T09:00:05.000Z',
          MessageAttributes: { mode: { Type: 'String', Value: 'live' } },
        },
      },
    ],
  };
}

/** Notification of a run, having gone the way that it goes in AWS. */
export function notificationOf(report: RunReport, deployment = aMasterDeployment()): Notification {
  return parseNotification(snsEvent(runEvent(report, deployment)));
}

/** Notification of a plan, likewise. */
export function notificationOfPlan(plan: Plan, deployment = aMasterDeployment()): Notification {
  return parseNotification(snsEvent(planEvent(plan, deployment)));
}

/** Notification of an experiment, likewise. */
export function notificationOfNotice(
  notice: ExperimentNotice,
  deployment = aMasterDeployment(),
): Notification {
  return parseNotification(snsEvent(experimentEvent(notice, deployment)));
}

/** CloudWatch's message, abridged. Source: CloudWatch user guide, alarm notifications. */
export const alarmMessage = {
  AlarmName: 'chaos-monkey-slot-missed',
  AlarmArn: 'arn:aws:cloudwatch:eu-west-1:111111111111:alarm:chaos-monkey-slot-missed',
  AlarmDescription: 'A scheduled run was not made.',
  AWSAccountId: '111111111111',
  NewStateValue: 'ALARM',
  NewStateReason: 'Threshold Crossed: 1 datapoint [1.0] was greater than or equal to the threshold (1.0).',
  StateChangeTime: '2026-11-23T09:10:00.000+0000',
  Region: 'EU (Ireland)',
  OldStateValue: 'OK',
  Trigger: { MetricName: 'ApproximateNumberOfMessagesVisible', Threshold: 1 },
};
