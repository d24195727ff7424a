import { SNSClient } from '@aws-sdk/client-sns';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeClients } from '#aws/clients/clients.ts';
import { snsExperimentAnnouncer } from '#aws/experiment-announcer.ts';
import { maxMessageBytes } from '#aws/publish-message.ts';
import { parseNotification } from '#lambdas/chaos-notifier/notification.ts';
import { aMasterDeployment } from '../support/a-master-deployment.ts';
import {
  aDiedNotice,
  aNoticedStrike,
  anAbortedNotice,
  anEndedNotice,
  anUndoFailedNotice,
  aSoonNotice,
  crowdedNotices,
} from '../support/an-experiment-notice.ts';
import { instantClock } from '../support/instant-clock.ts';
import { snsEvent } from '../support/notifications.ts';

function anAnnouncer() {
  const published: Readonly<Record<string, unknown>>[] = [];
  const clients = makeClients({
    ...{ clock: instantClock(), concurrency: 1 },
    transport: async ({ input }) => {
      published.push(input as Readonly<Record<string, unknown>>);
      return { MessageId: 'm-1' };
    },
  });
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const client = clients(SNSClient, { region: 'eu-west-1', credentials });
  const parts = { client, topicArn: 'arn:people', deployment: aMasterDeployment() };
  return { published, ...snsExperimentAnnouncer(parts) };
}

test.each([
  [aSoonNotice(), 'soon', 'live'],
  [anAbortedNotice(), 'aborted', 'live'],
  [anEndedNotice(), 'survived', 'live'],
  [anUndoFailedNotice(), 'undo-failed', 'live'],
  [aDiedNotice(), 'died', 'live'],
  [anEndedNotice({ rehearsal: true }), 'survived', 'leashed'],
])('people are told in words and machines in JSON: $is, $verdict', async (notice, outcome, mode) => {
  const { published, announceExperiment } = anAnnouncer();
  await announceExperiment(notice);
  expect(published).toHaveLength(1);
  const { TopicArn, Subject, Message, MessageAttributes } = published[0] ?? {};
  expect(TopicArn).toBe('arn:people');
  expect(MessageAttributes).toMatchObject({
    mode: { StringValue: mode },
    outcome: { StringValue: JSON.stringify(['experiment', outcome]) },
  });
  const { default: machine, email } = JSON.parse(String(Message));
  expect(email).toContain(notice.id);
  expect(JSON.parse(machine)).toEqual({
    ...{ schemaVersion: 1, type: 'chaos.experiment' },
    ...{ deployment: aMasterDeployment(), notice },
  });
  const { name, digest } = parseNotification(snsEvent(machine));
  expect(name).toBe(`experiment ${notice.id}, ${notice.is}`);
  expect(digest({ strikes: 5, failures: 5 }).headline).toBe(Subject);
});

test('no message is larger than SNS takes, however much there is to say', async () => {
  const sizes: number[] = [];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('a', '"', '猿', '\u{1F412}', '\n', '\u0000'),
      fc.integer({ min: 1, max: 400 }),
      fc.integer({ min: 0, max: 200 }),
      async (unit, length, count) => {
        const { published, announceExperiment } = anAnnouncer();
        const text = unit.repeat(length);
        const long = anUndoFailedNotice({
          strikes: Array.from({ length: count }, () => aNoticedStrike({ byHand: [text.repeat(40)] })),
        });
        for (const notice of [...crowdedNotices(text, count), long]) await announceExperiment(notice);
        for (const { Message } of published) {
          sizes.push(Buffer.byteLength(String(Message)));
          expect(sizes.at(-1)).toBeLessThanOrEqual(maxMessageBytes);
          const { email } = JSON.parse(String(Message));
          expect(Buffer.byteLength(JSON.stringify(email))).toBeLessThanOrEqual(64 * 1024);
        }
      },
    ),
    { numRuns: 6 },
  );
  // Some had to be cut.
  expect(Math.max(...sizes)).toBeGreaterThan(maxMessageBytes / 2);
});
