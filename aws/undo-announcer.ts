import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { emailBody } from '#core/messages/email-body.ts';
import { undoEvent } from '#core/messages/published-event.ts';
import { undoSubject } from '#core/messages/subject.ts';
import { undoDigest } from '#core/messages/undo-digest.ts';
import type { Deployment } from '#core/model/deployment.ts';
import type { UndoAnnouncer } from '#core/ports/announcer.ts';
import { truncateUndoReport } from '#core/reports/truncate-undo-report.ts';
import { publisher, snsMessage } from './publish-message.ts';

/** Announces faults that do not end, on the topic of runs and plans, with `undo` as the outcome. Throws the errors of SNS. */
export function snsUndoAnnouncer({
  client,
  topicArn,
  notUndoneTopicArn,
  deployment,
}: {
  readonly client: SNSClient;
  readonly topicArn: string;
  /** Messages here raise the alarm. Nobody needs to read them. */
  readonly notUndoneTopicArn: string;
  readonly deployment: Deployment;
}): UndoAnnouncer {
  const publish = publisher(client, topicArn);
  return {
    announceUndo: async (report) => {
      await publish({
        Subject: undoSubject(report),
        Message: snsMessage(
          emailBody((limits) => undoDigest(report, deployment, limits)),
          report,
          truncateUndoReport,
          (one) => undoEvent(one, deployment),
        ),
        mode: 'live',
        outcome: ['undo'],
      });
    },
    raiseUndoAlarm: async ({ runId, strikes }) => {
      const ids = strikes.slice(0, 1_000).map(({ id }) => id);
      await client.send(
        new PublishCommand({
          TopicArn: notUndoneTopicArn,
          Message: JSON.stringify({ schemaVersion: 1, type: 'chaos.not-undone', runId, strikes: ids }),
        }),
      );
    },
  };
}
