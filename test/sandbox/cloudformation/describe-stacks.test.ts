import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { describe, expect, test } from 'vitest';
import type { AuthorizationRequest } from '#sandbox/authorizer.ts';
import { aSandbox, region, target } from '../a-sandbox.ts';

async function setUp() {
  const asked: AuthorizationRequest[] = [];
  const { clients, home, assume } = aSandbox({ authorize: (request) => asked.push(request) > 0 });
  const client = clients(CloudFormationClient, await assume());
  const read = async (StackName?: string) =>
    (await client.send(new DescribeStacksCommand({ StackName }))).Stacks?.map((stack) => stack.StackStatus);
  return { home, asked, read };
}

// moto's stacks are complete at once: this is held to the API reference, DescribeStacks.
describe('DescribeStacks', () => {
  test('shows the state that a stack is in', async () => {
    const { home, read } = await setUp();
    home.stacks.set('shop', 'CREATE_COMPLETE');
    const { id } = home.stacks.set('shop', 'UPDATE_IN_PROGRESS');
    expect(await read('shop')).toEqual(['UPDATE_IN_PROGRESS']);
    expect(await read(id)).toEqual(['UPDATE_IN_PROGRESS']);
  });

  test('finds one that was deleted by its id only', async () => {
    const { home, read } = await setUp();
    const { id } = home.stacks.set('shop', 'DELETE_COMPLETE');
    await expect(read('shop')).rejects.toMatchObject({ name: 'ValidationError' });
    expect(await read()).toEqual([]);
    expect(await read(id)).toEqual(['DELETE_COMPLETE']);
  });

  test('needs a permission on the stack, or on all', async () => {
    const { home, asked, read } = await setUp();
    const { id } = home.stacks.set('shop', 'CREATE_COMPLETE');
    await read('shop');
    await read();
    await read('nobody').catch(() => undefined);
    expect(asked.slice(-3).map(({ resource }) => resource)).toEqual([
      id,
      '*',
      `arn:aws:cloudformation:${region}:${target}:stack/nobody/*`,
    ]);
  });
});
