import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueueTagsCommand,
  type QueueAttributeName,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { expect } from 'vitest';
import type { AccountUnderTest, AwsUnderTest, Fact } from './aws-under-test.ts';
import { denial } from './denial.ts';

export const title = 'SQS';

const noQueue = { name: 'QueueDoesNotExist' };
const invalid = { name: 'InvalidAttributeValue' };

export function facts(fact: Fact): void {
  fact('a policy is set, read at once, and removed by an empty text', async (account, aws) => {
    const { get, setPolicy, text } = await queue(account, aws);
    expect(await get('Policy')).toBeUndefined();
    await setPolicy(text('1'));
    const { Policy = '' } = (await get('Policy')) ?? {};
    expect(JSON.parse(Policy)).toEqual(JSON.parse(text('1')));
    await setPolicy('');
    expect(await get('Policy')).toBeUndefined();
    await setPolicy('');
  });

  fact('only the attributes that are asked for are answered', async (account, aws) => {
    const { get, arn } = await queue(account, aws);
    expect(await get('QueueArn', 'RedrivePolicy')).toEqual({ QueueArn: arn });
    expect(await get('All')).toMatchObject({
      QueueArn: arn,
      ApproximateNumberOfMessages: '0',
      VisibilityTimeout: '30',
      CreatedTimestamp: expect.stringMatching(/^\d{10}/),
    });
  });

  fact('a queue tells where its dead letters go', async (account, aws) => {
    const { arn } = await queue(account, aws);
    const { get } = await queue(account, aws, { name: 'payments', deadLetters: arn });
    const { RedrivePolicy = '' } = (await get('RedrivePolicy')) ?? {};
    expect(JSON.parse(RedrivePolicy)).toMatchObject({ deadLetterTargetArn: arn, maxReceiveCount: 3 });
  });

  fact('a queue has a URL by its name, and tags', async (account, aws) => {
    const { sqs, QueueUrl } = await queue(account, aws);
    expect(QueueUrl).toMatch(new RegExp(`/${account.id}/orders$`));
    expect((await sqs.send(new ListQueueTagsCommand({ QueueUrl }))).Tags).toEqual({ team: 'orders' });
  });

  fact('a queue that does not exist is not found', async (account, aws) => {
    const { sqs, QueueUrl } = await queue(account, aws);
    await expect(sqs.send(new GetQueueUrlCommand({ QueueName: 'nobody' }))).rejects.toMatchObject(noQueue);
    const nobody = { QueueUrl: QueueUrl.replace('orders', 'nobody') };
    for (const command of [
      new GetQueueAttributesCommand({ ...nobody, AttributeNames: ['All'] }),
      new SetQueueAttributesCommand({ ...nobody, Attributes: { Policy: '' } }),
      new ListQueueTagsCommand(nobody),
    ]) {
      await expect(sqs.send<never, never>(command as never)).rejects.toMatchObject(noQueue);
    }
  });

  fact('an attribute that there is not is refused', async (account, aws) => {
    const { get } = await queue(account, aws);
    await expect(get('Nothing' as QueueAttributeName)).rejects.toMatchObject({
      name: 'InvalidAttributeName',
    });
  });

  // Source: SQS Developer Guide, "Amazon SQS policy quotas".
  fact(
    'a policy has 8,192 bytes, 20 statements, 10 conditions and 7 actions a statement at most',
    async (account, aws) => {
      const { setPolicy, arn, text } = await queue(account, aws);
      const actions = ['Send', 'Receive', 'Delete', 'Purge', 'Peek', 'Move', 'List', 'Get'].map(
        (name) => `sqs:${name}Message`,
      );
      await setPolicy(denial('1', actions.slice(0, 7), arn));
      await expect(setPolicy(denial('1', actions, arn))).rejects.toMatchObject(invalid);
      const statements = (count: number, condition: boolean) => {
        const [statement] = JSON.parse(text('1')).Statement;
        return JSON.stringify({
          Version: '2012-10-17',
          Statement: Array.from({ length: count }, (_, index) => ({
            ...statement,
            Sid: String(index),
            Condition: condition ? statement.Condition : undefined,
          })),
        });
      };
      await setPolicy(statements(20, false));
      await expect(setPolicy(statements(21, false))).rejects.toMatchObject(invalid);
      await setPolicy(statements(10, true));
      await expect(setPolicy(statements(11, true))).rejects.toMatchObject(invalid);
      await setPolicy(text('1').padEnd(8_192));
      await expect(setPolicy(text('1').padEnd(8_193))).rejects.toMatchObject(invalid);
    },
    'does not look into it',
  );

  // Source: SQS Developer Guide, "Special information for Amazon SQS policies".
  fact(
    'a policy is JSON, covers one queue, and its statements have ids of their own',
    async (account, aws) => {
      const { setPolicy, arn, text } = await queue(account, aws);
      const twice = JSON.parse(text('1'));
      twice.Statement.push(twice.Statement[0]);
      for (const wrong of [
        '{',
        denial('1', 'sqs:SendMessage', `${arn}s`),
        denial('1', 'sns:Publish', arn),
        JSON.stringify(twice),
      ]) {
        await expect(setPolicy(wrong)).rejects.toMatchObject(invalid);
      }
    },
    'looks at little of it',
  );
}

async function queue(
  account: AccountUnderTest,
  aws: AwsUnderTest,
  { name = 'orders', deadLetters }: { readonly name?: string; readonly deadLetters?: string } = {},
) {
  await account.arrange({
    sandbox: ({ region }) => {
      region.queues.add({
        name,
        tags: { team: 'orders' },
        ...(deadLetters !== undefined && { redrive: { to: deadLetters, afterReceives: 3 } }),
      });
    },
    moto: async (client) => {
      const redrive = { deadLetterTargetArn: deadLetters, maxReceiveCount: 3 };
      await client(SQSClient).send(
        new CreateQueueCommand({
          QueueName: name,
          tags: { team: 'orders' },
          ...(deadLetters && { Attributes: { RedrivePolicy: JSON.stringify(redrive) } }),
        }),
      );
    },
  });
  const sqs = aws.clients(SQSClient, account.scope());
  const { QueueUrl = '' } = await sqs.send(new GetQueueUrlCommand({ QueueName: name }));
  const arn = `arn:aws:sqs:eu-west-1:${account.id}:${name}`;
  return {
    sqs,
    QueueUrl,
    arn,
    text: (id: string) => denial(id, 'sqs:SendMessage', arn),
    get: async (...AttributeNames: QueueAttributeName[]) =>
      (await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }))).Attributes,
    setPolicy: (Policy: string) =>
      sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } })),
  };
}
