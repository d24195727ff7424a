import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { emailBody } from '#core/messages/email-body.ts';
import { type MachineEvent, notRecoveredEvent, planEvent, runEvent } from '#core/messages/event.ts';
import { type Outcome, outcomes, worthTelling } from '#core/messages/notable.ts';
import { planDigest } from '#core/messages/plan-digest.ts';
import { digest } from '#core/messages/report-digest.ts';
import { planSubject, subject } from '#core/messages/subject.ts';
import type { Deployment } from '#core/model/deployment.ts';
import type { Announcer } from '#core/ports/announcer.ts';
import type { RunReport } from '#core/reports/run-report.ts';
import { fitPlan } from '#core/reports/truncate-plan.ts';
import { fitReport } from '#core/reports/truncate-report.ts';

/**
 * SNS takes 262,144 bytes, message and attributes together. 8 KB of it are kept for the attributes, and for the envelope in
 * which a subscriber gets the message. Source: SNS API reference, Publish.
 */
export const maxMessageBytes = 262_144 - 8_192;

/**
 * Announces runs and plans on an SNS topic: readable text for e-mail, JSON (a `MachineEvent`) for all others. Subscriptions
 * can filter on the attributes `mode` (live, leashed) and `outcome`, a list: of a run, as far as they apply, strike, failure,
 * recovery and not-recovered, else quiet; of a plan, plan. Throws what SNS answers.
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
  /** What is published here raises the alarm, and need not be read by anybody. */
  readonly notRecoveredTopicArn: string;
  /** Also announce runs that have nothing to say. */
  readonly quietRuns: boolean;
  /** What each message says it comes from. */
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
      if (!quietRuns && !worthTelling(report, old)) return;
      const whereTheRestIs = `the log of run ${report.runId}`;
      await publish({
        Subject: subject(report),
        Message: snsMessage(
          emailBody((limits) => digest(report, deployment, limits)),
          report,
          (one, maxBytes) => fitReport(one, maxBytes, whereTheRestIs),
          (one) => runEvent(one, deployment),
        ),
        mode: report.mode,
        outcome: worthTelling(report, old) ? outcomes(report, old) : ['quiet'],
      });
    },
    // Also where nothing is drawn: a plan that fails to come tells nobody that.
    announcePlan: async (plan) => {
      await publish({
        Subject: planSubject(plan),
        Message: snsMessage(
          emailBody((limits) => planDigest(plan, deployment, limits)),
          plan,
          fitPlan,
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

/** One text a protocol. What machines are told is cut until the whole fits. */
function snsMessage<Content extends object>(
  email: string,
  content: Content,
  cut: (content: Content, maxBytes: number) => Content,
  eventOf: (content: Content) => MachineEvent,
): string {
  const room = maxMessageBytes - bytesOf(JSON.stringify({ default: '', email }));
  let fitted = content;
  let maxContentBytes = room;
  for (;;) {
    fitted = cut(fitted, maxContentBytes);
    const machine = JSON.stringify(eventOf(fitted));
    // The quotes around the inner JSON are counted with the room already.
    const escapedBytes = bytesOf(JSON.stringify(machine)) - 2;
    if (escapedBytes <= room) return JSON.stringify({ default: machine, email });
    // Escaped JSON is longer than it was by what the names and texts in it make of it: measured, not guessed.
    maxContentBytes = Math.floor((bytesOf(JSON.stringify(fitted)) * room) / escapedBytes);
  }
}

function bytesOf(text: string): number {
  return Buffer.byteLength(text);
}
