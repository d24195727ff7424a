import { type AttributeValue, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import type { Fact } from './aws-under-test.ts';
import { conditionalPut, type Item, item, key, ledger, update } from './ledger-table.ts';

/** Conditions and whether they hold for the item above. */
const conditions: readonly [string, boolean, Item?][] = [
  ['attribute_exists(#word)', true],
  ['attribute_exists(#absent)', false],
  ['attribute_not_exists(#absent)', true],
  ['#word = :v', true, { ':v': { S: 'hello' } }],
  ['#word = :v', false, { ':v': { S: 'Hello' } }],
  ['#absent = :v', false, { ':v': { S: 'x' } }],
  ['#list = :v', true, { ':v': { L: [{ S: 'x' }, { N: '2' }] } }],
  ['#doc = :v', true, { ':v': { M: { other: { N: '1' }, inner: { M: { deep: { S: 'down' } } } } } }],
  ['#doc = :v', false, { ':v': { M: { other: { N: '1' } } } }],
  ['#half < :v', true, { ':v': { N: '10' } }],
  ['#half < :v', false, { ':v': { N: '0.5' } }],
  ['#half >= :v', false, { ':v': { N: '0.50001' } }],
  ['#half >= :v', true, { ':v': { N: '0.5' } }],
  ['#half >= :v', true, { ':v': { N: '-1' } }],
  ['#word < :v', true, { ':v': { S: 'help' } }],
  ['#absent < :v', false, { ':v': { S: 'x' } }],
  ['#word IN (:v, :w)', true, { ':v': { S: 'x' }, ':w': { S: 'hello' } }],
  ['#word IN (:v)', false, { ':v': { S: 'x' } }],
  ['#absent IN (:v)', false, { ':v': { S: 'x' } }],
  ['begins_with(#word, :v)', true, { ':v': { S: 'he' } }],
  ['begins_with(#word, :v)', false, { ':v': { S: 'lo' } }],
  ['attribute_type(#half, :v)', true, { ':v': { S: 'N' } }],
  ['attribute_type(#half, :v)', false, { ':v': { S: 'S' } }],
  ['NOT attribute_exists(#word)', false],
  ['attribute_exists(#word) AND attribute_exists(#absent)', false],
  ['attribute_exists(#absent) OR attribute_exists(#word)', true],
  ['attribute_exists(#word) OR attribute_exists(#absent) AND attribute_exists(#absent)', true],
  ['NOT attribute_exists(#absent) AND attribute_exists(#word)', true],
];

/** Updates, and what is then at the attribute `out`. */
const updates: readonly [string, AttributeValue | undefined, Item?][] = [
  ['SET #out = :v', { S: 'x' }, { ':v': { S: 'x' } }],
  ['SET #out = #word', { S: 'hello' }],
  ['SET #out = if_not_exists(#absent, :v)', { S: 'x' }, { ':v': { S: 'x' } }],
  ['SET #out = if_not_exists(#word, :v)', { S: 'hello' }, { ':v': { S: 'x' } }],
  ['SET #out = #count + :v', { N: '9' }, { ':v': { N: '2' } }],
  ['SET #out = #count - :v', { N: '-1' }, { ':v': { N: '8' } }],
  [
    'SET #out = if_not_exists(#absent, :zero) + :one',
    { N: '1' },
    { ':zero': { N: '0' }, ':one': { N: '1' } },
  ],
  ['SET #out = :v REMOVE #word', { S: 'x' }, { ':v': { S: 'x' } }],
];

/** Updates that DynamoDB refuses, whatever the item. */
const wrongUpdates: readonly [string, Item?][] = [
  ['SET #pk = :v', { ':v': { S: 'b' } }],
  ['SET #out = #absent'],
  ['SET #out = :missing'],
  ['SET #out = :v, #out = :w', { ':v': { S: 'x' }, ':w': { S: 'y' } }],
  ['SET #out = #word + :v', { ':v': { N: '1' } }],
];

export const title = 'DynamoDB expressions';

export function facts(fact: Fact): void {
  fact('conditions hold or not, as documented', async (account, aws) => {
    const { db } = await ledger(account, aws);
    await db.send(new PutItemCommand({ TableName: 'ledger', Item: item }));
    for (const [condition, holds, values] of conditions) {
      const outcome = await conditionalPut(db, condition, values).then(
        () => true,
        (error: Error) => (error.name === 'ConditionalCheckFailedException' ? false : error),
      );
      expect({ condition, values, outcome }).toEqual({ condition, values, outcome: holds });
    }
  });

  fact(
    'values of different types have no order',
    async (account, aws) => {
      const { db } = await ledger(account, aws);
      await db.send(new PutItemCommand({ TableName: 'ledger', Item: item }));
      for (const condition of ['#word < :v', '#word >= :v', '#word = :v']) {
        await expect(conditionalPut(db, condition, { ':v': { N: '1' } })).rejects.toMatchObject({
          name: 'ConditionalCheckFailedException',
        });
      }
    },
    'fails by itself',
  );

  fact('updates change what they say', async (account, aws) => {
    const { db } = await ledger(account, aws);
    for (const [UpdateExpression, out, values] of updates) {
      await db.send(new PutItemCommand({ TableName: 'ledger', Item: item }));
      const { Attributes } = await update(db, UpdateExpression, values);
      expect({ UpdateExpression, out: Attributes?.out }).toEqual({ UpdateExpression, out });
    }
  });

  fact('wrong updates are refused and change nothing', async (account, aws) => {
    const { db } = await ledger(account, aws);
    await db.send(new PutItemCommand({ TableName: 'ledger', Item: item }));
    for (const [UpdateExpression, values] of wrongUpdates) {
      const outcome = await update(db, UpdateExpression, values).then(
        () => 'accepted',
        (error: Error) => error.name,
      );
      expect({ UpdateExpression, outcome }).toEqual({ UpdateExpression, outcome: 'ValidationException' });
    }
    expect((await db.send(new GetItemCommand({ TableName: 'ledger', Key: key }))).Item).toEqual(item);
  });

  fact('all changes of an update see the item as it was', async (account, aws) => {
    const { db } = await ledger(account, aws);
    await db.send(new PutItemCommand({ TableName: 'ledger', Item: item }));
    const { Attributes } = await update(db, 'SET #word = #count, #count = #word REMOVE #half, #absent');
    const { half: _, ...rest } = item;
    expect(Attributes).toEqual({ ...rest, word: item.count, count: item.word });
  });

  fact(
    'placeholders must be used',
    async (account, aws) => {
      const { db } = await ledger(account, aws);
      await expect(conditionalPut(db, 'attribute_exists(#pk)', { ':v': { S: 'x' } })).rejects.toMatchObject({
        name: 'ValidationException',
      });
      await expect(
        conditionalPut(db, 'attribute_exists(#pk)', undefined, { '#n': 'x', '#pk': 'pk' }),
      ).rejects.toMatchObject({ name: 'ValidationException' });
      await expect(update(db, 'REMOVE #word', { ':v': { S: 'x' } })).rejects.toMatchObject({
        name: 'ValidationException',
      });
    },
    'overlooks values that are not used',
  );

  fact(
    'placeholders must be defined',
    async (account, aws) => {
      const { db } = await ledger(account, aws);
      await expect(conditionalPut(db, '#pk = :v')).rejects.toMatchObject({ name: 'ValidationException' });
      await expect(conditionalPut(db, 'attribute_exists(#n)', undefined, {})).rejects.toMatchObject({
        name: 'ValidationException',
      });
    },
    'fails by itself',
  );
}
