import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { Outcome } from '#core/messages/announced-report.ts';
import type { PublishedEvent } from '#core/messages/published-event.ts';
import type { ExperimentNotice } from '#core/reports/experiment-notice.ts';
import type { ExperimentVerdict } from '#core/reports/experiment-report.ts';
import type { RunReport } from '#core/reports/run-report.ts';

/**
 * SNS allows 262,144 bytes for message and attributes. 8 KB of that are reserved for the attributes, and for the envelope in which
 * subscribers get the message. Source: SNS API reference, Publish.
 */
export const maxMessageBytes = 262_144 - 8_192;

/** Publishes to a topic, with the attributes by which subscriptions can filter. */
export function publisher(client: SNSClient, topicArn: string): (message: Message) => Promise<void> {
  return async ({ mode, outcome, ...message }: Message) => {
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
}

interface Message {
  readonly Subject: string;
  readonly Message: string;
  readonly mode: RunReport['mode'];
  readonly outcome: readonly (Outcome | 'quiet' | 'plan' | 'undo' | ExperimentOutcome)[];
}

type ExperimentOutcome = 'experiment' | ExperimentNotice['is'] | ExperimentVerdict['is'];

/** One text per protocol. The machine-readable part is truncated until everything fits. */
export function snsMessage<Content extends object>(
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
