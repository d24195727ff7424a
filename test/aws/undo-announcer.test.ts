import { SNSClient } from '@aws-sdk/client-sns';
import { expect, test } from 'vitest';
import { makeClients } from '#aws/clients/clients.ts';
import { snsUndoAnnouncer } from '#aws/undo-announcer.ts';
import { handledStrike, type UndoReport } from '#core/reports/undo-report.ts';
import { parseNotification } from '#lambdas/chaos-notifier/notification.ts';
import { aMasterDeployment } from '../support/a-master-deployment.ts';
import { anUndoEntry } from '../support/an-undo-entry.ts';
import { instantClock } from '../support/instant-clock.ts';
import { snsEvent } from '../support/notifications.ts';

const report: UndoReport = {
  ...{ schemaVersion: 2, runId: '20261123T091000Z-3f9a1c2b', open: 1, failures: [] },
  ...{ startedAt: '2026-11-23T09:10:00.000Z', endedAt: '2026-11-23T09:10:02.000Z' },
  strikes: [handledStrike(anUndoEntry(), 'contested', 'somebody else has changed it since')],
};

test('people are told in words and machines in JSON, on the topic of runs; the alarm has a topic of its own', async () => {
  const inputs: Readonly<Record<string, unknown>>[] = [];
  const clients = makeClients({
    ...{ clock: instantClock(), concurrency: 1 },
    transport: async ({ input }) => {
      inputs.push(input as Readonly<Record<string, unknown>>);
      return { MessageId: 'm-1' };
    },
  });
  const announcer = snsUndoAnnouncer({
    client: clients(SNSClient, {
      region: 'eu-west-1',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    }),
    ...{ topicArn: 'arn:people', notUndoneTopicArn: 'arn:alarm', deployment: aMasterDeployment() },
  });
  await announcer.announceUndo(report);
  await announcer.raiseUndoAlarm(report);
  expect(inputs.map(({ TopicArn }) => TopicArn)).toEqual(['arn:people', 'arn:alarm']);
  const [told, alarm] = inputs;
  const { default: machine, email } = JSON.parse(String(told?.Message));
  expect(email).toContain('./chaos undo');
  expect(told?.MessageAttributes).toMatchObject({ outcome: { StringValue: '["undo"]' } });
  expect(JSON.parse(String(alarm?.Message))).toMatchObject({ strikes: [report.strikes[0]?.id] });

  const { name, digest } = parseNotification(snsEvent(JSON.parse(machine)));
  expect(name).toBe(`undo ${report.runId}`);
  expect(digest({ strikes: 5, failures: 5 }).headline).toBe(told?.Subject);
});
