import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { isWorthAnnouncing, type Outcome, outcomes } from '#core/messages/announced-report.ts';
import { emailBody } from '#core/messages/email-body.ts';
import { planDigest } from '#core/messages/plan-digest.ts';
import {
  notRecoveredEvent,
  type PublishedEvent,
  planEvent,
  runEvent,
} from '#core/messages/published-event.ts';
import { reportDigest } from '#core/messages/report-digest.ts';
import { planSubject, subject } from '#core/messages/subject.ts';
import type { Deployment } from '#core/model/deployment.ts';
import type { Announcer } from '#core/ports/announcer.ts';
import type { RunReport } from '#core/reports/run-report.ts';
import { truncatePlan } from '#core/reports/truncate-plan.ts';
import { truncateReport } from '#core/reports/truncate-report.ts';

/**
 * SNS allows 262,144 bytes for message and attributes. 8 KB of that are reserved for the attributes, and for the envelope in which
 * subscribers get the message. Source: SNS API reference, Publish.
 */
export const maxMessageBytes = 262_144 - 8_192;

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
  const publish = async ({ mode, outcome, ...message }: Message) => {
    await client.send(
      new PublishCommand({
        TopicArn: topicArn,
        ...message,
        MessageStructure: 'json',
        MessageAttributes: {
          mode: { DataType: 'String', StringValue: mode },
          outcome: { DataType: 'String.Array', StringValue: JSON.stringify(outcome) },
        },
      }),
    );
  };
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

interface Message {
  readonly Subject: string;
  readonly Message: string;
  readonly mode: RunReport['mode'];
  readonly outcome: readonly (Outcome | 'quiet' | 'plan')[];
}

/** One text per protocol. The machine-readable part is truncated until everything fits. */
function snsMessage<Content extends object>(
  email: string,
  content: Content,
  cut: (content: Content, maxBytes: number) => Content,
  toEvent: (content: Content) => PublishedEvent,
): string {
  const room = maxMessageBytes - countBytes(JSON.stringify({ default: '', email }));
  let fitted = content;
  let maxContentBytes = room;
  for (;;) {
    fitted = cut(fitted, maxContentBytes);
    const machine = JSON.stringify(toEvent(fitted));
    // `room` already includes the quotes around the inner JSON.
    const escapedBytes = countBytes(JSON.stringify(machine)) - 2;
    if (escapedBytes <= room) return JSON.stringify({ default: machine, email });
    // How much escaping lengthens JSON depends on its content, so it is measured.
    maxContentBytes = Math.floor((countBytes(JSON.stringify(fitted)) * room) / escapedBytes);
  }
}

function countBytes(text: string): number {
  return Buffer.byteLength(text);
}
