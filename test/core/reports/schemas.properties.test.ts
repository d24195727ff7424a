import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type * as z from 'zod';
import { Explanation } from '#core/reports/explanation.ts';
import { GroupList } from '#core/reports/group-list.ts';
import { Plan } from '#core/reports/plan.ts';
import { Replay } from '#core/reports/replay.ts';
import { RunReport } from '#core/reports/run-report.ts';
import { parse } from '#core/util/parse.ts';
import { arbitraryOf, withMore } from '../../support/arbitrary-of.ts';

const all: readonly [string, z.ZodType][] = [
  ['a report', RunReport],
  ['a plan', Plan],
  ['an explanation', Explanation],
  ['a list of groups', GroupList],
  ['a replay', Replay],
];

describe.each(all)('%s', (_, schema) => {
  const any = arbitraryOf(schema);

  test('comes back from JSON as it was', () => {
    fc.assert(
      fc.property(any, (one) => {
        expect(parse(schema, JSON.parse(JSON.stringify(one)), 'answer')).toStrictEqual(one);
      }),
    );
  });

  test('of another version is read without what that has beside, wherever it has it', () => {
    fc.assert(
      fc.property(any, (one) => {
        const newer = withMore(schema, JSON.parse(JSON.stringify(one)));
        expect(newer).not.toEqual(one);
        expect(parse(schema, newer, 'answer')).toStrictEqual(one);
      }),
    );
  });
});
