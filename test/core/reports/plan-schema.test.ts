import { describe, expect, test } from 'vitest';
import type { Plan, PlannedDay, PlannedStrike } from '#core/reports/plan.ts';
import { parsePlan } from '#core/reports/plan-schema.ts';
import { InvalidInput } from '#core/util/parse.ts';
import { aDay, aPlan, aPlanned } from '../../support/a-plan.ts';
import { aFailure } from '../../support/a-report.ts';

// Of type Required, so that whatever the types gain has to be added here, and then to the schema.
const strike: Required<PlannedStrike> = {
  group: '222222222222/eu-west-1/asg/web',
  fault: 'ec2-terminate',
  slot: '2026-11-23T13:00:00Z',
  due: '2026-11-23T12:31:07.000Z',
  targetId: 'i-0a1b2c3d4e5f60718',
  dependsOn: ['only if it is not struck on 2026-11-20'],
};
const day: Required<PlannedDay> = { day: '2026-11-23', off: 'a freeze', strikes: [strike], omitted: 2 };
const full: Required<Plan> = {
  ...aPlan({ mode: 'leashed', days: [day], failures: [aFailure()] }),
  leftOut: [{ code: 'vetoed', groups: 2, strikes: 3, examples: ['222222222222/eu-west-1/asg/web'] }],
  omittedFailures: 3,
  stop: { reason: 'sale', by: 'ann', at: '2026-11-23T07:00:00.000Z' },
};

const roundTrip = (plan: Plan) => parsePlan(JSON.parse(JSON.stringify(plan)), 'the answer');

describe('parsePlan', () => {
  test('passes over what a newer version has beside what is known', () => {
    const more = { ...full, extra: 1, days: [{ ...day, strikes: [{ ...strike, who: 1 }] }] };
    expect(parsePlan(more, 'plan')).toEqual(
      parsePlan({ ...full, days: [{ ...day, strikes: [strike] }] }, 'plan'),
    );
  });

  test('a plan comes back from JSON as it was, with and without all that may be missing', () => {
    expect(roundTrip(full)).toStrictEqual(full);
    const bare = aPlan({
      days: [aDay({ strikes: [aPlanned({ due: undefined, targetId: undefined })] })],
    });
    expect(roundTrip(bare)).toEqual(bare);
  });

  test('a plan of a version that leaves nothing out is read', () => {
    const { leftOut: _leftOut, ...older } = aPlan();
    expect(parsePlan(JSON.parse(JSON.stringify(older)), 'the answer')).toEqual(aPlan());
  });

  test.each([
    ['a day that is none', { ...full, from: '2026-11-31' }, 'from'],
    ['a moment that is none', { ...full, madeAt: 'now' }, 'madeAt'],
    ['another version', { ...full, schemaVersion: 2 }, 'schemaVersion'],
    [
      'a slot that is none',
      { ...full, days: [{ ...day, strikes: [{ ...strike, slot: 'adhoc/1' }] }] },
      'days[0].strikes[0].slot',
    ],
  ])('%s is named by its path', (_what, plan, path) => {
    const error = (() => {
      try {
        return parsePlan(plan, 'the answer');
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toBeInstanceOf(InvalidInput);
    expect(error instanceof InvalidInput && error.mistakes.map((mistake) => mistake.path)).toEqual([path]);
  });
});
