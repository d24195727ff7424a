import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Table } from '#sandbox/dynamodb/table.ts';

const arn = 'arn:aws:dynamodb:eu-west-1:111111111111:table/ledger';

const change = fc.record({
  kind: fc.constantFrom('put', 'delete'),
  pk: fc.constantFrom('a', 'b'),
  sk: fc.string({ unit: fc.constantFrom('a', 'b', 'é', '😀', '\uffff'), maxLength: 2 }),
  value: fc.string(),
});

describe('Table', () => {
  test('keeps what a map would keep, each partition ordered by sort key', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
        const table = new Table({ name: 'ledger', partitionKey: 'pk', sortKey: 'sk' }, arn);
        const model = new Map<string, { pk: string; sk: string; value: string }>();
        for (const { kind, pk, sk, value } of changes) {
          const key = { pk: { S: pk }, sk: { S: sk } };
          if (kind === 'put') {
            table.put({ ...key, value: { S: value } });
            model.set(`${pk}/${sk}`, { pk, sk, value });
          } else {
            table.delete(key);
            model.delete(`${pk}/${sk}`);
          }
          expect(table.get(key)?.value?.S).toBe(model.get(`${pk}/${sk}`)?.value);
        }
        for (const pk of ['a', 'b']) {
          const expected = [...model.values()]
            .filter((item) => item.pk === pk)
            .sort((x, y) => Buffer.compare(Buffer.from(x.sk), Buffer.from(y.sk)));
          expect(table.partition({ S: pk }).map(({ sk, value }) => ({ sk: sk?.S, value: value?.S }))).toEqual(
            expected.map(({ sk, value }) => ({ sk, value })),
          );
        }
        expect(table.items()).toHaveLength(model.size);
      }),
    );
  });

  test('without a sort key, has one item for each partition', () => {
    const table = new Table({ name: 'ledger', partitionKey: 'pk' }, arn);
    const key = (pk: string) => ({ pk: { S: pk } });
    table.put({ ...key('a'), n: { N: '1' } });
    table.put({ ...key('a'), n: { N: '2' } });
    table.put({ ...key('b'), n: { N: '3' } });
    expect(table.items().map(({ n }) => n?.N)).toEqual(['2', '3']);
    table.delete(key('a'));
    expect(table.get(key('a'))).toBeUndefined();
  });
});
