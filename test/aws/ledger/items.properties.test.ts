import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type * as z from 'zod';
import { toItem } from '#aws/ledger/attributes.ts';
import { readItem } from '#aws/ledger/read.ts';
import { GroupRecord } from '#core/model/group-record.ts';
import { StrikeEntry } from '#core/model/strike.ts';
import { ExperimentRecord } from '#core/reports/experiment-record.ts';
import { arbitraryOf, withMore } from '../../support/arbitrary-of.ts';

const all: readonly [string, z.ZodType<object>][] = [
  ['a strike', StrikeEntry],
  ['the record of a group', GroupRecord],
  ['an experiment', ExperimentRecord],
];
const keys = { pk: { S: 'p' }, sk: { S: 's' } };

describe.each(all)('%s', (_, schema) => {
  const read = (value: object) =>
    readItem(schema, { ...keys, ...toItem(value) }, { tableName: 'chaos-ledger', key: keys });

  test('survives a round trip through its item', () => {
    fc.assert(
      fc.property(arbitraryOf(schema), (one) => {
        expect(read(one)).toStrictEqual({ value: one });
      }),
    );
  });

  test('that another version wrote is read without its extra attributes, at any depth', () => {
    fc.assert(
      fc.property(arbitraryOf(schema), (one) => {
        expect(read(withMore(schema, one) as object)).toStrictEqual({ value: one });
      }),
    );
  });
});
