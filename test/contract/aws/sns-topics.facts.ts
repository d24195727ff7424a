import {
  CreateTopicCommand,
  GetTopicAttributesCommand,
  ListTagsForResourceCommand,
  SetTopicAttributesCommand,
  SNSClient,
} from '@aws-sdk/client-sns';
import { expect } from 'vitest';
import { pairs } from './arrange-instances.ts';
import type { AccountUnderTest, AwsUnderTest, Fact } from './aws-under-test.ts';
import { denial } from './denial.ts';

export const title = 'SNS, topics';

export function facts(fact: Fact): void {
  fact('a topic begins with a policy that lets its own account in', async (account, aws) => {
    const { get, arn } = await topic(account, aws);
    const { Owner, TopicArn, Policy = '' } = await get();
    expect({ Owner, TopicArn }).toEqual({ Owner: account.id, TopicArn: arn });
    expect(JSON.parse(Policy)).toMatchObject({
      Statement: [
        {
          Sid: expect.stringMatching(/default_statement_ID$/),
          Effect: 'Allow',
          Principal: { AWS: '*' },
          Action: expect.arrayContaining(['SNS:Publish']),
          Resource: arn,
          Condition: { StringEquals: { 'AWS:SourceOwner': account.id } },
        },
      ],
    });
  });

  fact('a policy is replaced by another, and by what there was', async (account, aws) => {
    const { get, setPolicy, text } = await topic(account, aws);
    const { Policy: before = '' } = await get();
    await setPolicy(text('sns:Publish'));
    expect(JSON.parse((await get()).Policy ?? '')).toEqual(JSON.parse(text('sns:Publish')));
    await setPolicy(before);
    expect(JSON.parse((await get()).Policy ?? '')).toEqual(JSON.parse(before));
  });

  fact('tags are listed', async (account, aws) => {
    const { sns, arn } = await topic(account, aws);
    expect(await sns.send(new ListTagsForResourceCommand({ ResourceArn: arn }))).toMatchObject({
      Tags: [{ Key: 'team', Value: 'orders' }],
    });
  });

  fact('a topic that does not exist is not found', async (account, aws) => {
    const { sns, arn } = await topic(account, aws);
    const nobody = `${arn}s`;
    for (const command of [
      new GetTopicAttributesCommand({ TopicArn: nobody }),
      new SetTopicAttributesCommand({ TopicArn: nobody, AttributeName: 'Policy', AttributeValue: '{}' }),
    ]) {
      await expect(sns.send<never, never>(command as never)).rejects.toMatchObject({
        name: 'NotFoundException',
        $metadata: { httpStatusCode: 404 },
      });
    }
    await expect(sns.send(new ListTagsForResourceCommand({ ResourceArn: nobody }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      $metadata: { httpStatusCode: 404 },
    });
  });

  // Source: SNS Developer Guide, "Amazon SNS API permissions: Actions and resources reference".
  fact(
    'a policy has listed actions only, is about its topic, and is never empty',
    async (account, aws) => {
      const { setPolicy, text, arn } = await topic(account, aws);
      for (const action of ['sns:*', '*', 'sns:Unsubscribe', 'sqs:SendMessage']) {
        await expect(setPolicy(text(action))).rejects.toMatchObject({
          name: 'InvalidParameterException',
          message: 'Invalid parameter: Policy statement action out of service scope!',
        });
      }
      const elsewhere = denial('1', 'sns:Publish', `${arn}s`);
      for (const wrong of ['', '{', elsewhere, text('sns:Publish').padEnd(30_721)]) {
        await expect(setPolicy(wrong)).rejects.toMatchObject({ name: 'InvalidParameterException' });
      }
      await setPolicy(text('SNS:Publish').padEnd(30_720));
    },
    'takes whatever it is given',
  );
}

async function topic(account: AccountUnderTest, aws: AwsUnderTest) {
  const tags = { team: 'orders' };
  const arn = await account.arrange({
    sandbox: ({ region }) => region.topic('orders', { tags }).arn,
    moto: async (client) => {
      const create = new CreateTopicCommand({ Name: 'orders', Tags: pairs(tags) });
      return (await client(SNSClient).send(create)).TopicArn ?? '';
    },
  });
  const sns = aws.clients(SNSClient, account.scope());
  return {
    sns,
    arn,
    text: (action: string) => denial('1', action, arn),
    get: async () => (await sns.send(new GetTopicAttributesCommand({ TopicArn: arn }))).Attributes ?? {},
    setPolicy: (AttributeValue: string) =>
      sns.send(new SetTopicAttributesCommand({ TopicArn: arn, AttributeName: 'Policy', AttributeValue })),
  };
}
