import { type AttributeValue, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import { conditionalPut, type Item, item, key, ledger, names, update } from './aws-ledger-table.ts';
import type { Fact } from './aws-under-test.ts';

/** Conditions and whether they hold for the item above. */
const conditions: readonly [string, boolean, Item?][] = [
  ['attribute_exists(word)', true],
  ['attribute_exists(absent)', false],
  ['attribute_not_exists(absent)', true],
  ['attribute_not_exists(doc.#inner.deep)', false],
  ['word = :v', true, { ':v': { S: 'hello' } }],
  ['word = :v', false, { ':v': { S: 'Hello' } }],
  ['word <> :v', true, { ':v': { S: 'Hello' } }],
  ['absent <> :v', true, { ':v': { S: 'x' } }],
  ['absent = :v', false, { ':v': { S: 'x' } }],
  ['half < :v', true, { ':v': { N: '1' } }],
  ['half = :v', true, { ':v': { N: '5e-1' } }],
  ['half >= :v', false, { ':v': { N: '0.50001' } }],
  ['word < :v', true, { ':v': { S: 'help' } }],
  ['half BETWEEN :v AND :w', true, { ':v': { N: '0' }, ':w': { N: '0.5' } }],
  ['word IN (:v, :w)', true, { ':v': { S: 'x' }, ':w': { S: 'hello' } }],
  ['word IN (:v)', false, { ':v': { S: 'x' } }],
  ['begins_with(word, :v)', true, { ':v': { S: 'he' } }],
  ['begins_with(word, :v)', false, { ':v': { S: 'lo' } }],
  ['contains(word, :v)', true, { ':v': { S: 'ell' } }],
  ['contains(tags, :v)', true, { ':v': { S: 'red' } }],
  ['contains(tags, :v)', false, { ':v': { S: 're' } }],
  ['tags = :v', true, { ':v': { SS: ['red', 'blue'] } }],
  ['tags = :v', false, { ':v': { SS: ['red'] } }],
  ['contains(#list, :v)', true, { ':v': { S: 'x' } }],
  ['size(word) = :v', true, { ':v': { N: '5' } }],
  ['size(tags) > :v', false, { ':v': { N: '2' } }],
  ['attribute_type(half, :v)', true, { ':v': { S: 'N' } }],
  ['attribute_type(half, :v)', false, { ':v': { S: 'S' } }],
  ['#list[1] = :v', true, { ':v': { N: '2' } }],
  ['#list[0] = :v', false, { ':v': { N: '2' } }],
  ['doc.#inner.deep = :v', true, { ':v': { S: 'down' } }],
  ['NOT attribute_exists(word)', false],
  ['attribute_exists(word) AND attribute_exists(absent)', false],
  ['attribute_exists(absent) OR attribute_exists(word)', true],
  ['attribute_exists(word) OR attribute_exists(absent) AND attribute_exists(absent)', true],
  ['(attribute_exists(word) OR attribute_exists(absent)) AND attribute_exists(absent)', false],
  ['NOT attribute_exists(absent) AND attribute_exists(word)', true],
];

/** Updates, and what is then at the attribute `out`. */
const updates: readonly [string, AttributeValue | undefined, Item?][] = [
  ['SET #out = :v', { S: 'x' }, { ':v': { S: 'x' } }],
  ['SET #out = word', { S: 'hello' }],
  ['SET #out = if_not_exists(absent, :v)', { S: 'x' }, { ':v': { S: 'x' } }],
  ['SET #out = if_not_exists(word, :v)', { S: 'hello' }, { ':v': { S: 'x' } }],
  ['SET #out = half + :v', { N: '1.75' }, { ':v': { N: '1.25' } }],
  ['SET #out = half - :v', { N: '-0.75' }, { ':v': { N: '1.25' } }],
  ['SET #out = if_not_exists(absent, :zero) + :one', { N: '1' }, { ':zero': { N: '0' }, ':one': { N: '1' } }],
  [
    'SET #out = list_append(#list, :v)',
    { L: [{ S: 'x' }, { N: '2' }, { S: 'z' }] },
    { ':v': { L: [{ S: 'z' }] } },
  ],
  ['SET #out = :v REMOVE word', { S: 'x' }, { ':v': { S: 'x' } }],
  ['ADD #out :v', { N: '3' }, { ':v': { N: '3' } }],
];

/** Updates that DynamoDB takes for wrong, whatever the item. */
const wrongUpdates: readonly [string, Item?][] = [
  ['SET pk = :v', { ':v': { S: 'b' } }],
  ['SET #out = absent'],
  ['SET #out = :missing'],
  ['SET #out :v', { ':v': { S: 'x' } }],
  ['PUT #out = :v', { ':v': { S: 'x' } }],
  ['SET #out = :v, #out = :w', { ':v': { S: 'x' }, ':w': { S: 'y' } }],
  ['SET absent.inner = :v', { ':v': { S: 'x' } }],
  ['SET #out = word + :v', { ':v': { N: '1' } }],
  ['SET status = :v', { ':v': { S: 'x' } }],
];

export function expressionFacts(fact: Fact): void {
  fact('conditions hold or not, as documented', async (account, aws) => {
    const { db } = await ledger(account, aws);
    await db.send(new PutItemCommand({ TableName: 'ledger', Item: item }));
    for (const [ConditionExpression, holds, values] of conditions) {
      const put = db.send(
        new PutItemCommand({
          TableName: 'ledger',
          Item: item,
          ConditionExpression,
          ...names(ConditionExpression),
          ...(values && { ExpressionAttributeValues: values }),
        }),
      );
      const outcome = await put.then(
        () => true,
        (error: Error) => (error.name === 'ConditionalCheckFailedException' ? false : error),
      );
      expect({ ConditionExpression, values, outcome }).toEqual({
        ConditionExpression,
        values,
        outcome: holds,
      });
    }
  });

  fact(
    'values of different types have no order',
    async (account, aws) => {
      const { db } = await ledger(account, aws);
      await db.send(new PutItemCommand({ TableName: 'ledger', Item: item }));
      for (const condition of ['word < :v', 'word > :v', 'word = :v']) {
        await expect(
          conditionalPut(db, condition, { ExpressionAttributeValues: { ':v': { N: '1' } } }),
        ).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
      }
    },
    'fails by itself',
  );

  fact(
    'a condition that cannot be read is refused',
    async (account, aws) => {
      const { db } = await ledger(account, aws);
      const conditions = [
        'attribute_exists(pk',
        'attribute_exists(pk) attribute_exists(sk)',
        'pk ==',
        'exists(pk)',
        'pk % sk',
        '',
      ];
      for (const condition of conditions) {
        await expect(conditionalPut(db, condition)).rejects.toMatchObject({ name: 'ValidationException' });
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
        () => 'taken',
        (error: Error) => error.name,
      );
      expect({ UpdateExpression, outcome }).toEqual({ UpdateExpression, outcome: 'ValidationException' });
    }
    expect((await db.send(new GetItemCommand({ TableName: 'ledger', Key: key }))).Item).toEqual(item);
  });

  fact('nested values are set and removed, lists from their places', async (account, aws) => {
    const { db } = await ledger(account, aws);
    await db.send(new PutItemCommand({ TableName: 'ledger', Item: item }));
    const { Attributes } = await update(db, 'SET doc.#inner.deep = :v REMOVE #list[0], doc.#other', {
      ':v': { S: 'up' },
    });
    expect(Attributes).toEqual({
      ...item,
      list: { L: [{ N: '2' }] },
      doc: { M: { inner: { M: { deep: { S: 'up' } } } } },
    });
  });

  fact('all changes of an update see the item as it was', async (account, aws) => {
    const { db } = await ledger(account, aws);
    await db.send(new PutItemCommand({ TableName: 'ledger', Item: item }));
    const { Attributes } = await update(db, 'SET word = big, big = word');
    expect(Attributes).toEqual({ ...item, word: item.big, big: item.word });
  });

  fact('elements removed together are those at their places before', async (account, aws) => {
    const { db } = await ledger(account, aws);
    const L = ['a', 'b', 'c', 'd'].map((S) => ({ S }));
    await db.send(new PutItemCommand({ TableName: 'ledger', Item: { ...item, list: { L } } }));
    const { Attributes } = await update(db, 'REMOVE #list[0], #list[1], #list[3]');
    expect(Attributes?.list).toEqual({ L: [{ S: 'c' }] });
  });

  fact('sets grow and shrink', async (account, aws) => {
    const { db } = await ledger(account, aws);
    await db.send(new PutItemCommand({ TableName: 'ledger', Item: item }));
    const grown = await update(db, 'ADD tags :v', { ':v': { SS: ['red', 'green'] } });
    expect(grown.Attributes?.tags?.SS?.toSorted()).toEqual(['blue', 'green', 'red']);
    const shrunk = await update(db, 'DELETE tags :v', { ':v': { SS: ['red', 'blue'] } });
    expect(shrunk.Attributes?.tags).toEqual({ SS: ['green'] });
    const gone = await update(db, 'DELETE tags :v', { ':v': { SS: ['green'] } });
    expect(gone.Attributes).not.toHaveProperty('tags');
  });

  fact(
    'placeholders must be used',
    async (account, aws) => {
      const { db } = await ledger(account, aws);
      for (const input of [
        { ExpressionAttributeNames: { '#n': 'x' } },
        { ExpressionAttributeValues: { ':v': { S: 'x' } } },
      ]) {
        await expect(conditionalPut(db, 'attribute_exists(pk)', input)).rejects.toMatchObject({
          name: 'ValidationException',
        });
      }
      await expect(update(db, 'REMOVE word', { ':v': { S: 'x' } })).rejects.toMatchObject({
        name: 'ValidationException',
      });
    },
    'overlooks values that are not used',
  );

  fact(
    'placeholders must be defined',
    async (account, aws) => {
      const { db } = await ledger(account, aws);
      for (const condition of ['attribute_exists(#n)', 'pk = :v']) {
        await expect(conditionalPut(db, condition)).rejects.toMatchObject({ name: 'ValidationException' });
      }
    },
    'fails by itself',
  );

  fact('a reserved word needs a placeholder', async (account, aws) => {
    const { db } = await ledger(account, aws);
    await expect(conditionalPut(db, 'attribute_not_exists(status)')).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining('status'),
    });
  });
}
