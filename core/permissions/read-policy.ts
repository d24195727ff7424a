import type { Fault } from '../model/fault.ts';
import type { ReadPermission, TargetKind } from '../model/target.ts';
import {
  actionsOf,
  isGlobal,
  type PolicyDocument,
  type PolicyStatement,
  policyOf,
} from './policy-document.ts';

type Kinds = readonly Pick<TargetKind, 'readPermissions'>[];
type Faults = readonly Pick<Fault, 'permissions'>[];

/** Asks IAM about a role. No template grants it: an owner of a target account may. */
export const simulateAction = 'iam:SimulatePrincipalPolicy';

/**
 * The session policy of all that looks at targets of these kinds: it can look, in these regions, no further than the role itself
 * can. The same whatever the configuration asks for, so that a gate can be turned on without a visit to every account.
 *
 * Its actions are shortened, as 2,048 characters must do for all kinds in all regions. That widens nothing: a session can do only what
 * the role's policy allows as well, and that names each action in full.
 */
export function readPolicy(kinds: Kinds, faults: Faults, regions: readonly string[]): PolicyDocument {
  return policyOf(lookStatements(shortened(readActions(kinds, faults)), regions));
}

/** What several actions of a service with the same verb have in common: `s3:GetBucket*`. Takes them sorted. */
function shortened(actions: readonly string[]): readonly string[] {
  const byVerb = Map.groupBy(actions, (action) => /^.*?:(Get|List|Describe)/.exec(action)?.[0] ?? action);
  return [...byVerb.values()].map((group) => {
    const [first = '', last = first] = [group[0], group.at(-1)];
    return first === last ? first : `${commonStart(first, last)}*`;
  });
}

function commonStart(one: string, other: string): string {
  const end = [...one].findIndex((character, index) => character !== other[index]);
  return end === -1 ? one : one.slice(0, end);
}

/** All that is called to look at targets of these kinds, and to prepare these faults, each action once. */
export function readActions(kinds: Kinds, faults: Faults): readonly string[] {
  return actionsOf(readPermissions(kinds, faults));
}

export function readPermissions(kinds: Kinds, faults: Faults): readonly ReadPermission[] {
  return [
    ...kinds.flatMap(({ readPermissions: ofKind }) => ofKind),
    ...faults.flatMap(({ permissions }) =>
      permissions.filter(({ phases }) => phases?.includes('prepare') === true),
    ),
  ];
}

/** In these regions; what is global is requested in none of them. */
function lookStatements(actions: readonly string[], regions: readonly string[]): readonly PolicyStatement[] {
  const global = actions.filter(isGlobal);
  const regional = actions.filter((action) => !isGlobal(action));
  const look = (Sid: string, Action: readonly string[]) =>
    ({ Sid, Effect: 'Allow', Action, Resource: ['*'] }) as const;
  const Condition = { StringEquals: { 'aws:RequestedRegion': regions } };
  return [
    ...(regional.length > 0 ? [{ ...look('Look', regional), Condition }] : []),
    ...(global.length > 0 ? [look('LookGlobal', global)] : []),
  ];
}
