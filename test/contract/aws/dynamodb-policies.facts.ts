import {
  DeleteResourcePolicyCommand,
  DynamoDBClient,
  GetResourcePolicyCommand,
  PutResourcePolicyCommand,
} from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import type { AccountUnderTest, AwsUnderTest, Fact } from './aws-under-test.ts';
import { denial } from './denial.ts';
import { createTable } from './ledger-table.ts';

export const title = 'DynamoDB, resource policies';

const none = { name: 'PolicyNotFoundException' };

/** Sources, unless said otherwise: DynamoDB API reference, the operations' own pages. */
export function facts(fact: Fact): void {
  fact('a policy is put, read and deleted', async (account, aws) => {
    const { put, get, remove, text } = await tablePolicy(account, aws);
    await expect(get()).rejects.toMatchObject(none);
    const RevisionId = await put(text('1'));
    await aws.settle();
    expect(await get()).toMatchObject({ Policy: text('1'), RevisionId });
    await remove();
    await aws.settle();
    await expect(get()).rejects.toMatchObject(none);
  });

  fact(
    'none is deleted without an error unless a revision is expected, and none is put over it',
    async (account, aws) => {
      const { put, remove, text } = await tablePolicy(account, aws);
      expect(await remove()).not.toHaveProperty('RevisionId', expect.anything());
      await expect(remove('42')).rejects.toMatchObject(none);
      await expect(put(text('1'), '42')).rejects.toMatchObject(none);
    },
    'does not find the table, or takes it',
  );

  fact('it is put only over the revision that is expected', async (account, aws) => {
    const { put, get, remove, text } = await tablePolicy(account, aws);
    const first = await put(text('1'), 'NO_POLICY');
    await aws.settle();
    await expect(put(text('2'), 'NO_POLICY')).rejects.toMatchObject(none);
    const second = await put(text('2'), first);
    expect(second).not.toBe(first);
    await aws.settle();
    await expect(put(text('3'), first)).rejects.toMatchObject(none);
    await expect(remove(first)).rejects.toMatchObject(none);
    expect((await get()).Policy).toBe(text('2'));
    await remove(second);
  });

  fact('the same text has the same revision', async (account, aws) => {
    const { put, text } = await tablePolicy(account, aws);
    const revision = await put(text('1'));
    expect(await put(text('1'))).toBe(revision);
  });

  fact('a table that does not exist has none', async (account, aws) => {
    const db = aws.clients(DynamoDBClient, account.scope());
    const ResourceArn = `arn:aws:dynamodb:eu-west-1:${account.id}:table/nobody`;
    await expect(db.send(new GetResourcePolicyCommand({ ResourceArn }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  fact(
    'it is read after a while, and what is expected is compared with what was put',
    async (account, aws) => {
      const { put, get, text } = await tablePolicy(account, aws);
      const revision = await put(text('1'));
      await expect(get()).rejects.toMatchObject(none);
      await expect(put(text('2'), 'NO_POLICY')).rejects.toMatchObject(none);
      await aws.settle();
      expect((await get()).RevisionId).toBe(revision);
    },
    'is never behind',
  );

  // Source: DynamoDB Developer Guide, "Resource-based policy considerations", as is the limit of 20 KB.
  fact(
    'an update blocks others for 15 seconds',
    async (account, aws) => {
      const { put, remove, text } = await tablePolicy(account, aws);
      const revision = await put(text('1'));
      for (const update of [put(text('2')), put(text('2'), revision), remove(revision)]) {
        await expect(update).rejects.toMatchObject({ name: 'ResourceInUseException' });
      }
      await aws.settle();
      await remove(revision);
    },
    'takes one after the other',
  );

  fact(
    'what is no policy of this table is refused, and what is longer than 20 KB',
    async (account, aws) => {
      const { put, arn, text } = await tablePolicy(account, aws);
      const large = text('1').padEnd(20_481);
      const foreign = denial('1', 'dynamodb:GetItem', `${arn}s`);
      for (const wrong of ['{', '[]', JSON.stringify({ Version: '2012-10-17' }), foreign, large]) {
        await expect(put(wrong)).rejects.toMatchObject({ name: 'ValidationException' });
      }
      await put(large.slice(0, 20_480));
    },
    'looks at little of it',
  );
}

async function tablePolicy(account: AccountUnderTest, aws: AwsUnderTest) {
  await createTable(account, 'orders');
  const db = aws.clients(DynamoDBClient, account.scope());
  const arn = `arn:aws:dynamodb:eu-west-1:${account.id}:table/orders`;
  const ofTable = { ResourceArn: arn };
  return {
    arn,
    text: (id: string) => denial(id, 'dynamodb:GetItem', arn),
    put: async (Policy: string, ExpectedRevisionId?: string) => {
      const input = { ...ofTable, Policy, ...(ExpectedRevisionId && { ExpectedRevisionId }) };
      return (await db.send(new PutResourcePolicyCommand(input))).RevisionId;
    },
    get: () => db.send(new GetResourcePolicyCommand(ofTable)),
    remove: (ExpectedRevisionId?: string) =>
      db.send(
        new DeleteResourcePolicyCommand({ ...ofTable, ...(ExpectedRevisionId && { ExpectedRevisionId }) }),
      ),
  };
}
