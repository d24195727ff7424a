import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Table } from '#sandbox/dynamodb/table.ts';

const arn = 'arn:aws:dynamodb:eu-west-1:111111111111:table/ledger';

const change = fc.record({
  kind: fc.constantFrom('put', 'delete'),
  pk: fc.constantFrom('a', 'b'),
  sk: fc.integer({ min: -20, max: 20 }),
  value: fc.string(),
});

describe('Table', () => {
  test('keeps what a map would keep, each partition in the order of its sort keys', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
        const table = new Table(
          { name: 'ledger', partitionKey: { name: 'pk', type: 'S' }, sortKey: { name: 'sk', type: 'N' } },
          arn,
        );
        const model = new Map<string, { pk: string; sk: number; value: string }>();
        for (const { kind, pk, sk, value } of changes) {
          const key = { pk: { S: pk }, sk: { N: String(sk) } };
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
          const expected = [...model.values()].filter((item) => item.pk === pk).sort((x, y) => x.sk - y.sk);
          expect(
            table.partition({ S: pk }).map(({ sk, value }) => ({ sk: Number(sk?.N), value: value?.S })),
          ).toEqual(expected.map(({ sk, value }) => ({ sk, value })));
        }
        expect(table.items()).toHaveLength(model.size);
      }),
    );
  });

  test('without a sort key, has one item for each partition', () => {
    const table = new Table({ name: 'ledger', partitionKey: { name: 'pk', type: 'B' } }, arn);
    const key = (byte: number) => ({ pk: { B: Uint8Array.of(byte) } });
    table.put({ ...key(1), n: { N: '1' } });
    table.put({ ...key(1), n: { N: '2' } });
    table.put({ ...key(2), n: { N: '3' } });
    expect(table.items().map(({ n }) => n?.N)).toEqual(['2', '3']);
    table.delete(key(1));
    expect(table.get(key(1))).toBeUndefined();
  });
});
