import { CreateTopicCommand, PublishCommand, type PublishCommandInput, SNSClient } from '@aws-sdk/client-sns';
import { expect } from 'vitest';
import type { AccountUnderTest, AwsUnderTest, Fact } from './aws-under-test.ts';

const json = (bodies: unknown) => ({ Message: JSON.stringify(bodies), MessageStructure: 'json' });

export const title = 'SNS';

export function facts(fact: Fact): void {
  fact('a message is taken, with an id of its own', async (account, aws) => {
    const TopicArn = await createTopic(account, 'chaos');
    expect(TopicArn).toBe(`arn:aws:sns:eu-west-1:${account.id}:chaos`);
    const ids = [
      await publish(account, aws, { TopicArn, Message: 'plain', Subject: 'Hello, you' }),
      await publish(account, aws, { TopicArn, ...json({ default: 'a', email: 'b', ignored: 1 }) }),
    ].map(({ MessageId }) => MessageId);
    expect(new Set(ids).size).toBe(2);
    expect(ids).toEqual(ids.map(() => expect.stringMatching(/^[0-9a-f-]{36}$/)));
  });

  fact('an attribute of a message is not empty', async (account, aws) => {
    const TopicArn = await createTopic(account, 'chaos');
    const withAttribute = (name: string, StringValue: string) =>
      publish(account, aws, {
        TopicArn,
        Message: 'x',
        MessageAttributes: { [name]: { DataType: 'String', StringValue } },
      });
    await withAttribute('kind_of.message-1', 'strike');
    await expect(withAttribute('kind', '')).rejects.toMatchObject({
      name: expect.stringMatching(/^InvalidParameter/),
    });
  });

  fact('a topic that does not exist is not found', async (account, aws) => {
    const TopicArn = `arn:aws:sns:eu-west-1:${account.id}:nobody`;
    await expect(publish(account, aws, { TopicArn, Message: 'x' })).rejects.toMatchObject({
      name: 'NotFoundException',
      $metadata: { httpStatusCode: 404 },
    });
  });

  fact(
    'a message with structure must be JSON and have a default',
    async (account, aws) => {
      const TopicArn = await createTopic(account, 'chaos');
      for (const bodies of [{ email: 'x' }, { default: 1 }]) {
        await expect(publish(account, aws, { TopicArn, ...json(bodies) })).rejects.toMatchObject({
          name: 'InvalidParameterException',
          message: 'Invalid parameter: Message Structure - No default entry in JSON message body',
        });
      }
      await expect(
        publish(account, aws, { TopicArn, Message: '{', MessageStructure: 'json' }),
      ).rejects.toMatchObject({
        name: 'InvalidParameterException',
        message: 'Invalid parameter: Message Structure - JSON message body failed to parse',
      });
    },
    'does not look into the JSON',
  );

  fact(
    'a subject is shorter than 100 characters',
    async (account, aws) => {
      const TopicArn = await createTopic(account, 'chaos');
      await publish(account, aws, { TopicArn, Message: 'x', Subject: 's'.repeat(99) });
      await expect(
        publish(account, aws, { TopicArn, Message: 'x', Subject: 's'.repeat(100) }),
      ).rejects.toMatchObject({ name: 'InvalidParameterException' });
    },
    'takes 100 as well',
  );

  fact(
    'a subject is one line of plain ASCII that does not begin with a space',
    async (account, aws) => {
      const TopicArn = await createTopic(account, 'chaos');
      for (const Subject of ['two\nlines', 'tab\there', 'façade', ' space', '']) {
        await expect(publish(account, aws, { TopicArn, Message: 'x', Subject })).rejects.toMatchObject({
          name: 'InvalidParameterException',
        });
      }
    },
    'looks at its length alone',
  );

  fact('a message holds 256 KB', async (account, aws) => {
    const TopicArn = await createTopic(account, 'chaos');
    await publish(account, aws, { TopicArn, Message: 'x'.repeat(262_144) });
    await expect(publish(account, aws, { TopicArn, Message: 'x'.repeat(262_145) })).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining('Invalid parameter: Message too long'),
    });
  });

  fact(
    'what a message holds is counted in bytes',
    async (account, aws) => {
      const TopicArn = await createTopic(account, 'chaos');
      await publish(account, aws, { TopicArn, Message: 'é'.repeat(131_072) });
      await expect(publish(account, aws, { TopicArn, Message: 'é'.repeat(131_073) })).rejects.toMatchObject({
        name: 'InvalidParameterException',
      });
    },
    'counts characters',
  );

  fact(
    'a message is not empty',
    async (account, aws) => {
      const TopicArn = await createTopic(account, 'chaos');
      await expect(publish(account, aws, { TopicArn, Message: '' })).rejects.toMatchObject({
        name: 'InvalidParameterException',
      });
    },
    'takes it',
  );
}

function createTopic(account: AccountUnderTest, name: string): Promise<string> {
  return account.arrange({
    sandbox: ({ region }) => region.topic(name).arn,
    moto: async (client) => {
      const { TopicArn = '' } = await client(SNSClient).send(new CreateTopicCommand({ Name: name }));
      return TopicArn;
    },
  });
}

function publish(account: AccountUnderTest, aws: AwsUnderTest, input: PublishCommandInput) {
  return aws.clients(SNSClient, account.scope()).send(new PublishCommand(input));
}
