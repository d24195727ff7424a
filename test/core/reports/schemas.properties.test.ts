import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type * as z from 'zod';
import { Explanation, parseExplanation } from '#core/reports/explanation.ts';
import { GroupList, parseGroupList } from '#core/reports/group-list.ts';
import { Plan, parsePlan } from '#core/reports/plan.ts';
import { parseReplay, Replay } from '#core/reports/replay.ts';
import { parseReport, RunReport } from '#core/reports/run-report.ts';
import { arbitraryOf, withMore } from '../../support/arbitrary-of.ts';

const all: readonly [string, z.ZodType, (input: unknown, what: string) => unknown][] = [
  ['a report', RunReport, parseReport],
  ['a plan', Plan, parsePlan],
  ['an explanation', Explanation, parseExplanation],
  ['a list of groups', GroupList, parseGroupList],
  ['a replay', Replay, parseReplay],
];

describe.each(all)('%s', (_, schema, parse) => {
  const any = arbitraryOf(schema);

  test('comes back from JSON as it was', () => {
    fc.assert(
      fc.property(any, (one) => {
        expect(parse(JSON.parse(JSON.stringify(one)), 'answer')).toStrictEqual(one);
      }),
    );
  });

  test('of another version is read without what that has beside, wherever it has it', () => {
    fc.assert(
      fc.property(any, (one) => {
        const newer = withMore(schema, JSON.parse(JSON.stringify(one)));
        expect(newer).not.toEqual(one);
        expect(parse(newer, 'answer')).toStrictEqual(one);
      }),
    );
  });
});
