import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { describe, expect, test } from 'vitest';
import { selectBody } from '#sandbox/sns/topic.ts';
import { aSandbox, region, startsAt } from '../a-sandbox.ts';

describe('a topic', () => {
  test('keeps what was published, and what each protocol receives', async () => {
    const { clients, home, assume } = aSandbox();
    const topic = home.topic('chaos');
    const sns = clients(SNSClient, await assume());
    const Message = JSON.stringify({ default: 'for all', email: 'for people', ignored: 1 });
    const { MessageId } = await sns.send(
      new PublishCommand({ TopicArn: topic.arn, Subject: 'Hello', Message, MessageStructure: 'json' }),
    );
    await sns.send(
      new PublishCommand({
        TopicArn: topic.arn,
        Message,
        MessageAttributes: { kind: { DataType: 'String', StringValue: 'strike' } },
      }),
    );
    expect(topic.messages).toEqual([
      {
        id: MessageId,
        at: startsAt,
        subject: 'Hello',
        bodies: { default: 'for all', email: 'for people' },
        attributes: {},
      },
      {
        id: expect.any(String),
        at: startsAt,
        subject: undefined,
        bodies: { default: Message },
        attributes: { kind: 'strike' },
      },
    ]);
    const [first] = topic.messages;
    expect(first && ['email', 'sqs'].map((protocol) => selectBody(first, protocol))).toEqual([
      'for people',
      'for all',
    ]);
  });

  test('takes lists as attributes, which count toward the size', async () => {
    const { clients, home, assume } = aSandbox();
    const topic = home.topic('chaos');
    const sns = clients(SNSClient, await assume());
    const publish = (StringValue: string, Message: string, name = 'outcome') =>
      sns.send(
        new PublishCommand({
          TopicArn: topic.arn,
          Message,
          MessageAttributes: { [name]: { DataType: 'String.Array', StringValue } },
        }),
      );
    await publish('["strike"]', 'x'.repeat(262_144 - 'outcomeString.Array["strike"]'.length));
    await expect(
      publish('["strike"]', 'x'.repeat(262_145 - 'outcomeString.Array["strike"]'.length)),
    ).rejects.toThrow('Message too long');
    await expect(publish('strike', 'x')).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
    for (const name of ['two words', '.hidden', '']) {
      await expect(publish('["strike"]', 'x', name)).rejects.toMatchObject({
        name: 'InvalidParameterException',
      });
    }
    expect(topic.messages.map(({ attributes }) => attributes)).toEqual([{ outcome: '["strike"]' }]);
  });

  test('is reached only in its own region and account', async () => {
    const { clients, home, assume } = aSandbox();
    const topic = home.topic('chaos');
    const message = () => new PublishCommand({ TopicArn: topic.arn, Message: 'x' });
    const session = await assume();
    await expect(
      clients(SNSClient, { ...session, region: 'us-east-1' }).send(message()),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await expect(clients(SNSClient, { region }).send(message())).rejects.toMatchObject({
      name: 'NotFoundException',
    });
    expect(topic.messages).toEqual([]);
  });
});
