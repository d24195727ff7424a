import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { expect } from 'vitest';
import { type AccountUnderTest, type AwsUnderTest, type Fact, home } from './aws-under-test.ts';

export const title = 'CloudFormation';

export function facts(fact: Fact): void {
  fact('a stack tells its state, by name and by id', async (account, aws) => {
    await createStack(account, 'shop');
    await createStack(account, 'other');
    const [stack, ...others] = await describe(account, aws, 'shop');
    expect(others).toEqual([]);
    expect(stack).toMatchObject({
      StackName: 'shop',
      StackId: expect.stringMatching(
        new RegExp(`^arn:aws:cloudformation:${home}:${account.id}:stack/shop/[0-9a-f-]{36}$`),
      ),
      StackStatus: 'CREATE_COMPLETE',
      CreationTime: expect.any(Date),
    });
    expect(await describe(account, aws, stack?.StackId)).toMatchObject([{ StackName: 'shop' }]);
    expect(await describe(account, aws, undefined)).toHaveLength(2);
  });

  fact('a stack that does not exist is an error', async (account, aws) => {
    await expect(describe(account, aws, 'nobody')).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'Stack with id nobody does not exist',
    });
  });
}

async function describe(account: AccountUnderTest, aws: AwsUnderTest, StackName: string | undefined) {
  const { Stacks = [] } = await aws
    .clients(CloudFormationClient, account.scope())
    .send(new DescribeStacksCommand({ StackName }));
  return Stacks;
}

function createStack(account: AccountUnderTest, name: string): Promise<void> {
  return account.arrange({
    sandbox: ({ region }) => {
      region.stacks.set(name, 'CREATE_COMPLETE');
    },
    moto: async (client) => {
      const TemplateBody = JSON.stringify({ Resources: { Topic: { Type: 'AWS::SNS::Topic' } } });
      await client(CloudFormationClient).send(new CreateStackCommand({ StackName: name, TemplateBody }));
    },
  });
}
