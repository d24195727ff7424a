import { DeleteItemCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import type { Fact } from './aws-under-test.ts';
import { item, key, ledger, update } from './ledger-table.ts';

export const title = 'DynamoDB items';

export function facts(fact: Fact): void {
  fact('an item is read as it was put', async (account, aws) => {
    const { db } = await ledger(account, aws);
    await db.send(new PutItemCommand({ TableName: 'ledger', Item: item }));
    const { Item } = await db.send(new GetItemCommand({ TableName: 'ledger', Key: key }));
    expect(Item).toEqual(item);
    expect(
      (await db.send(new GetItemCommand({ TableName: 'ledger', Key: { ...key, sk: { S: '2' } } }))).Item,
    ).toBeUndefined();
  });

  fact('an update makes the item that is not there', async (account, aws) => {
    const { db } = await ledger(account, aws);
    const { Attributes } = await update(db, 'SET #out = if_not_exists(#out, :zero) + :v', {
      ':zero': { N: '0' },
      ':v': { N: '2' },
    });
    expect(Attributes).toEqual({ ...key, out: { N: '2' } });
  });

  fact('an item is deleted, and deleting it again is no error', async (account, aws) => {
    const { db } = await ledger(account, aws);
    await db.send(new PutItemCommand({ TableName: 'ledger', Item: item }));
    for (const _ of [1, 2]) {
      await db.send(new DeleteItemCommand({ TableName: 'ledger', Key: key }));
      expect((await db.send(new GetItemCommand({ TableName: 'ledger', Key: key }))).Item).toBeUndefined();
    }
  });

  fact('a table that does not exist is not found', async (account, aws) => {
    const { db } = await ledger(account, aws);
    await expect(db.send(new GetItemCommand({ TableName: 'nobody', Key: key }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    await expect(db.send(new PutItemCommand({ TableName: 'nobody', Item: item }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  fact('an item must have the keys of the table, of their types, and not empty', async (account, aws) => {
    const { db } = await ledger(account, aws);
    for (const Item of [{ pk: { S: 'a' } }, { ...key, pk: { N: '1' } }, { ...key, pk: { S: '' } }]) {
      await expect(db.send(new PutItemCommand({ TableName: 'ledger', Item }))).rejects.toMatchObject({
        name: 'ValidationException',
      });
    }
  });

  fact(
    'a key has the attributes of the table and no others',
    async (account, aws) => {
      const { db } = await ledger(account, aws);
      for (const Key of [{ pk: { S: 'a' } }, { ...key, more: { S: 'x' } }, { ...key, pk: { N: '1' } }]) {
        await expect(db.send(new GetItemCommand({ TableName: 'ledger', Key }))).rejects.toMatchObject({
          name: 'ValidationException',
        });
      }
    },
    'does not look at the types',
  );

  fact(
    'an item holds 400 KB, names and values together',
    async (account, aws) => {
      const { db } = await ledger(account, aws);
      // The names pk, sk and text, and the values a and 1.
      const room = 409_600 - 2 - 1 - 2 - 1 - 'text'.length;
      const put = (bytes: number) =>
        db.send(
          new PutItemCommand({ TableName: 'ledger', Item: { ...key, text: { S: 'x'.repeat(bytes) } } }),
        );
      await put(room);
      await expect(put(room + 1)).rejects.toMatchObject({ name: 'ValidationException' });
      await expect(
        update(db, 'SET #text = :text', { ':text': { S: 'x'.repeat(room + 1) } }),
      ).rejects.toMatchObject({ name: 'ValidationException' });
    },
    'counts a little differently',
  );
}
