import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { fitReport } from '#core/fit-report.ts';
import { emailBody } from '#core/message/email-body.ts';
import { machineEvent } from '#core/message/machine-event.ts';
import { subject } from '#core/message/subject.ts';
import { outcomes, worthTelling } from '#core/message/worth-telling.ts';
import type { Announcer } from '#core/ports.ts';
import type { RunReport } from '#core/report.ts';

/**
 * SNS takes 262,144 bytes, message and attributes together. 8 KB of it are kept for the attributes, and for the envelope in
 * which a subscriber gets the message. Source: SNS API reference, Publish.
 */
export const maxMessageBytes = 262_144 - 8_192;

/**
 * Announces runs on an SNS topic: readable text for e-mail, JSON (a `MachineEvent`) for all others. Subscriptions can filter
 * on the attributes `mode` (live, leashed) and `outcome` (strike, failure; quiet when neither). Throws what SNS answers.
 */
export function snsAnnouncer({
  client,
  topicArn,
  quietRuns,
}: {
  readonly client: SNSClient;
  readonly topicArn: string;
  /** Also announce runs that have nothing to say. */
  readonly quietRuns: boolean;
}): Announcer {
  return {
    announce: async (report) => {
      if (!quietRuns && !worthTelling(report)) return;
      await client.send(
        new PublishCommand({
          TopicArn: topicArn,
          Subject: subject(report),
          Message: snsMessage(report),
          MessageStructure: 'json',
          MessageAttributes: {
            mode: { DataType: 'String', StringValue: report.mode },
            outcome: {
              DataType: 'String.Array',
              StringValue: JSON.stringify(worthTelling(report) ? outcomes(report) : ['quiet']),
            },
          },
        }),
      );
    },
  };
}

/** One text a protocol. The report is cut until the whole fits. */
function snsMessage(report: RunReport): string {
  const email = emailBody(report);
  const room = maxMessageBytes - bytesOf(JSON.stringify({ default: '', email }));
  let fitted = report;
  let maxReportBytes = room;
  for (;;) {
    fitted = fitReport(fitted, maxReportBytes, `the log of run ${report.runId}`);
    const machine = JSON.stringify(machineEvent(fitted));
    // The quotes around the inner JSON are counted with the room already.
    const escapedBytes = bytesOf(JSON.stringify(machine)) - 2;
    if (escapedBytes <= room) return JSON.stringify({ default: machine, email });
    // Escaped JSON is longer than it was by what the names and texts in it make of it: measured, not guessed.
    maxReportBytes = Math.floor((bytesOf(JSON.stringify(fitted)) * room) / escapedBytes);
  }
}

function bytesOf(text: string): number {
  return Buffer.byteLength(text);
}
