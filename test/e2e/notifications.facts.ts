import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, test } from 'vitest';
import type { RunEvent } from '#core/messages/published-event.ts';
import { RunReport } from '#core/reports/run-report.ts';
import { parse } from '#core/util/parse.ts';
import { outputs } from '#lib/outputs.ts';
import { startHttpsServer } from '../support/https-server.ts';
import { home, masterId, somewhere } from './accounts-and-regions.ts';
import { parameters } from './config.ts';
import { liveRun } from './events.ts';
import type { MotoDeployment } from './moto-deployment.ts';
import { alwaysStruck } from './moto-fleet.ts';
import { masterOutputs } from './stacks.ts';

/** What SNS wraps a message in. */
interface Envelope {
  readonly Type: 'Notification';
  readonly Subject: string;
  readonly Message: string;
}

export function notificationFacts(deployment: () => MotoDeployment): void {
  const sqs = async (operation: string, input: object): Promise<Record<string, unknown>> => {
    const { status, body } = await deployment()
      .account(masterId)
      .call('sqs', home, {
        method: 'POST',
        headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `AmazonSQS.${operation}` },
        body: JSON.stringify(input),
      });
    if (status !== 200) throw new Error(`SQS answered ${status} to ${operation}: ${body}`);
    return JSON.parse(body.toString('utf8'));
  };

  /** A queue that is subscribed to the monkey's topic. Answers with a function that takes what has come. */
  const subscribe = async (name: string, raw: boolean): Promise<() => Promise<readonly string[]>> => {
    const master = deployment().account(masterId);
    const { QueueUrl } = await sqs('CreateQueue', { QueueName: name });
    await master.client(SNSClient, home).send(
      new SubscribeCommand({
        TopicArn: (await masterOutputs(master))[outputs.topic],
        Protocol: 'sqs',
        Endpoint: `arn:aws:sqs:${home}:${masterId}:${name}`,
        Attributes: { RawMessageDelivery: String(raw) },
      }),
    );
    return async () => {
      const { Messages = [] } = await sqs('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 });
      return (Messages as readonly { readonly Body: string }[]).map(({ Body }) => Body);
    };
  };

  const webhooks = async (urls: { readonly slack: string; readonly teams: string }) => {
    const ssm = deployment().account(masterId).client(SSMClient, home);
    for (const channel of ['slack', 'teams'] as const) {
      await ssm.send(
        new PutParameterCommand({
          Name: parameters[channel],
          Value: urls[channel],
          Type: 'SecureString',
          Overwrite: true,
        }),
      );
    }
  };

  /** What SNS invokes a function with. Source: Lambda developer guide, "Using Lambda with Amazon SNS". */
  const snsEvent = (envelope: Envelope) => ({
    Records: [{ EventVersion: '1.0', EventSource: 'aws:sns', EventSubscriptionArn: 'arn', Sns: envelope }],
  });

  describe('news', () => {
    test('a strike reaches the topic: JSON for machines, under a subject for people', async () => {
      const raw = await subscribe('raw', true);
      const wrapped = await subscribe('wrapped', false);
      await deployment().fleet.group(somewhere, 'web', 2, alwaysStruck);
      const report = await liveRun(deployment());

      const [message = '', ...more] = await raw();
      expect(more).toEqual([]);
      const event: RunEvent = JSON.parse(message);
      expect(event).toMatchObject({ schemaVersion: 1, type: 'chaos.run' });
      expect(parse(RunReport, event.report, 'report on the topic')).toEqual(report);
      const [envelope = '{}'] = await wrapped();
      expect(JSON.parse(envelope)).toMatchObject({
        Subject: `Chaos monkey struck 1 target in account ${somewhere.account}`,
        Message: message,
        MessageAttributes: { mode: { Value: 'live' }, outcome: { Value: '["strike"]' } },
      });
    });

    test('a run with nothing to say says nothing', async () => {
      const raw = await subscribe('quiet', true);
      expect((await liveRun(deployment())).strikes).toEqual([]);
      expect(await raw()).toEqual([]);
    });

    test('chaos_notifier takes it from the topic to Slack and Teams over TLS', async () => {
      const wrapped = await subscribe('for-notifier', false);
      await deployment().fleet.group(somewhere, 'web', 2, alwaysStruck);
      const { strikes } = await liveRun(deployment());
      const [envelope = '{}'] = await wrapped();

      await using server = await startHttpsServer(() => 200);
      await webhooks({ slack: `${server.origin}/slack/s3cret`, teams: `${server.origin}/teams/s3cret` });
      await using notifier = await deployment().start('chaos_notifier', {
        NODE_EXTRA_CA_CERTS: server.certificateFile,
      });
      await notifier.invoke(snsEvent(JSON.parse(envelope)));
      expect([...server.received.keys()].sort()).toEqual(['/slack/s3cret', '/teams/s3cret']);
      for (const body of server.received.values()) {
        expect(JSON.parse(body)).toBeTypeOf('object');
        expect(body).toContain(strikes[0]?.target.id);
      }
      expect(notifier.log()).not.toContain('s3cret');
    });

    test('a webhook that is gone fails by the name of its parameter, leaks no URL, and the other channel is told', async () => {
      const wrapped = await subscribe('for-failing-notifier', false);
      await deployment().fleet.group(somewhere, 'web', 2, alwaysStruck);
      await liveRun(deployment());
      const [envelope = '{}'] = await wrapped();

      await using server = await startHttpsServer((path) => (path.startsWith('/teams') ? 404 : 200));
      await webhooks({ slack: `${server.origin}/slack/s3cret`, teams: `${server.origin}/teams/s3cret` });
      await using notifier = await deployment().start('chaos_notifier', {
        NODE_EXTRA_CA_CERTS: server.certificateFile,
      });
      const thrown = await notifier.invoke(snsEvent(JSON.parse(envelope))).catch((error: unknown) => error);
      expect(thrown).toMatchObject({
        errorType: 'NotificationError',
        message: expect.stringContaining(`Teams (parameter ${parameters.teams}): HTTP 404`),
      });
      expect(`${thrown}`).not.toContain('Slack');
      expect(server.received.has('/slack/s3cret')).toBe(true);
      for (const said of [`${thrown}`, notifier.log()]) {
        expect(said).not.toContain('s3cret');
        expect(said).not.toContain(server.origin);
      }
      expect(notifier.log()).toContain('Invoke Error');
    });
  });
}
