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
 */
export function readPolicy(kinds: Kinds, faults: Faults, regions: readonly string[]): PolicyDocument {
  return policyOf(lookStatements(readActions(kinds, faults), regions));
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
export function lookStatements(
  actions: readonly string[],
  regions: readonly string[],
): readonly PolicyStatement[] {
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
