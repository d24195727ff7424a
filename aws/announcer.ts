import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { isWorthAnnouncing, outcomes } from '#core/messages/announced-report.ts';
import { emailBody } from '#core/messages/email-body.ts';
import { planDigest } from '#core/messages/plan-digest.ts';
import { notRecoveredEvent, planEvent, runEvent } from '#core/messages/published-event.ts';
import { reportDigest } from '#core/messages/report-digest.ts';
import { planSubject, subject } from '#core/messages/subject.ts';
import type { Deployment } from '#core/model/deployment.ts';
import type { Announcer } from '#core/ports/announcer.ts';
import { truncatePlan } from '#core/reports/truncate-plan.ts';
import { truncateReport } from '#core/reports/truncate-report.ts';
import { publisher, snsMessage } from './publish-message.ts';

/**
 * Announces runs and plans on an SNS topic: readable text for e-mail, JSON (a `PublishedEvent`) for all other protocols. Subscriptions can
 * filter by the attributes `mode` (live, leashed) and `outcome`, a list: for a run, those of strike, failure, recovery and not-recovered
 * that apply, else quiet; for a plan, plan. Throws the errors of SNS.
 */
export function snsAnnouncer({
  client,
  topicArn,
  notRecoveredTopicArn,
  quietRuns,
  deployment,
}: {
  readonly client: SNSClient;
  readonly topicArn: string;
  /** Messages here raise the alarm. Nobody needs to read them. */
  readonly notRecoveredTopicArn: string;
  /** Whether to announce runs with nothing to report. */
  readonly quietRuns: boolean;
  /** Identifies the source in each message. */
  readonly deployment: Deployment;
}): Announcer {
  const publish = publisher(client, topicArn);
  return {
    announce: async (report, old) => {
      if (!quietRuns && !isWorthAnnouncing(report, old)) return;
      const fullReport = `the log of run ${report.runId}`;
      await publish({
        Subject: subject(report),
        Message: snsMessage(
          emailBody((limits) => reportDigest(report, deployment, limits)),
          report,
          (one, maxBytes) => truncateReport(one, maxBytes, fullReport),
          (one) => runEvent(one, deployment),
        ),
        mode: report.mode,
        outcome: isWorthAnnouncing(report, old) ? outcomes(report, old) : ['quiet'],
      });
    },
    // Announced even if nothing is drawn: a missing plan would not tell anybody that.
    announcePlan: async (plan) => {
      await publish({
        Subject: planSubject(plan),
        Message: snsMessage(
          emailBody((limits) => planDigest(plan, deployment, limits)),
          plan,
          truncatePlan,
          (one) => planEvent(one, deployment),
        ),
        mode: plan.mode,
        outcome: ['plan'],
      });
    },
    raiseAlarm: async (recovered) => {
      await client.send(
        new PublishCommand({
          TopicArn: notRecoveredTopicArn,
          Message: JSON.stringify(notRecoveredEvent(recovered, deployment)),
        }),
      );
    },
  };
}
