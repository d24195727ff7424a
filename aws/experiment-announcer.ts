import type { SNSClient } from '@aws-sdk/client-sns';
import { emailBody } from '#core/messages/email-body.ts';
import { experimentDigest } from '#core/messages/experiment-digest.ts';
import { experimentEvent } from '#core/messages/published-event.ts';
import { experimentSubject } from '#core/messages/subject.ts';
import type { Deployment } from '#core/model/deployment.ts';
import type { ExperimentAnnouncer } from '#core/ports/announcer.ts';
import type { ExperimentNotice } from '#core/reports/experiment-notice.ts';
import { truncateExperimentNotice } from '#core/reports/truncate-experiment-notice.ts';
import { publisher, snsMessage } from './publish-message.ts';

/**
 * Announces experiments on the topic of runs and plans, with `experiment` as an outcome, and what there is to tell as another: soon, aborted,
 * died or the verdict. A rehearsal is leashed. Throws the errors of SNS.
 */
export function snsExperimentAnnouncer({
  client,
  topicArn,
  deployment,
}: {
  readonly client: SNSClient;
  readonly topicArn: string;
  readonly deployment: Deployment;
}): ExperimentAnnouncer {
  const publish = publisher(client, topicArn);
  return {
    announceExperiment: async (notice: ExperimentNotice) => {
      await publish({
        Subject: experimentSubject(notice),
        Message: snsMessage(
          emailBody((limits) => experimentDigest(notice, deployment, limits)),
          notice,
          truncateExperimentNotice,
          (one) => experimentEvent(one, deployment),
        ),
        mode: notice.rehearsal ? 'leashed' : 'live',
        outcome: ['experiment', notice.is === 'ended' ? notice.verdict : notice.is],
      });
    },
  };
}
