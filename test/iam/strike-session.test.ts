import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Target } from '#core/model/target.ts';
import { strikePolicy } from '#core/permissions/session-policies.ts';
import { faults } from '#faults/registry.ts';
import { aScheduleScope } from '../support/a-schedule-scope.ts';
import { aTarget } from '../support/a-target.ts';
import { everyFaultChoice } from '../support/every-fault-choice.ts';
import { isAllowed } from '../support/iam-evaluator.ts';

const account = '222222222222';
const choices = everyFaultChoice(faults);
const permissions = [...faults.values()].flatMap(({ permissions: ofFault }) => ofFault);
const actions = permissions.map(({ action }) => action);
const actionsOnTargets = new Set(
  permissions.filter(({ on }) => on !== undefined).map(({ action }) => action),
);

/** Ids of which one may be the beginning of another. */
const id = fc.string({ unit: fc.constantFrom('0', 'a', 'f'), minLength: 1, maxLength: 4 });
const target = fc
  .record({ id, region: fc.constantFrom('eu-west-1', 'us-east-1'), group: fc.option(id, { nil: undefined }) })
  .map(({ id, region, group }) => {
    const named = aTarget({ id: `i-${id}`, group: `${account}/${region}/asg/${group}` });
    return group === undefined ? { ...named, arns: { instance: named.arns.instance ?? '' } } : named;
  });
const orders = fc.array(fc.record({ target, fault: fc.constantFrom(...choices) }), { maxLength: 8 });
const strangers = fc.array(target, { maxLength: 4 });

/** What the chosen faults need on the chosen targets, worked out apart from the policy. */
function chosenPairs(chosen: readonly { target: Target; fault: (typeof choices)[number] }[]): Set<string> {
  return new Set(
    chosen.flatMap(({ target, fault }) =>
      (faults.get(fault.name)?.permissions ?? [])
        .filter(({ when }) => when === undefined || when(fault.parameters))
        .map(({ action, on }) => `${action} ${on === undefined ? '*' : target.arns[on]}`),
    ),
  );
}

describe('the policy of a strike session', () => {
  test('allows exactly the chosen actions on the chosen resources', async () => {
    await fc.assert(
      fc.asyncProperty(orders, strangers, async (chosen, others) => {
        const sessionPolicy = strikePolicy(chosen, faults, aScheduleScope);
        const expected = chosenPairs(chosen);
        const arns = new Set(
          [...chosen.map((order) => order.target), ...others].flatMap(({ arns }) => Object.values(arns)),
        );
        for (const resource of arns) {
          for (const action of actionsOnTargets) {
            if (resource === undefined || !isOn(action, resource)) continue;
            const allowed = await isAllowed({
              role: `arn:aws:iam::${account}:role/chaos-monkey-target`,
              action,
              resource,
              region: resource.split(':')[3] ?? '',
              identityPolicies: [everything],
              // A session without a statement is one that may do nothing; IAM takes no empty policy.
              sessionPolicy: sessionPolicy.Statement.length === 0 ? nothing : sessionPolicy,
            });
            expect([action, resource, allowed]).toEqual([
              action,
              resource,
              expected.has(`${action} ${resource}`),
            ]);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test('has no wildcard, whatever was chosen, but for what only reads and for our own schedules', () => {
    fc.assert(
      fc.property(orders, (chosen) => {
        for (const { Sid, Action, Resource } of strikePolicy(chosen, faults, aScheduleScope).Statement) {
          if (Sid === 'UndoSchedules') continue;
          expect(Action.join()).not.toMatch(/[*?]/);
          const changes = Action.filter((action) => !/:(Get|List|Describe)[A-Z]/.test(action));
          if (changes.length > 0) expect(Resource.join()).not.toMatch(/[*?]/);
        }
      }),
    );
  });

  test('grows by no more than the ARNs: statements are merged', () => {
    fc.assert(
      fc.property(orders, (chosen) => {
        const { Statement } = strikePolicy(chosen, faults, aScheduleScope);
        // Two more are for schedules.
        expect(Statement.length).toBeLessThanOrEqual(actions.length + 2);
      }),
    );
  });
});

const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
const nothing = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }] };

/** An action can only be asked about on the kind of resource that it has. */
function isOn(action: string, resource: string): boolean {
  return resource.split(':')[2] === action.split(':')[0];
}
