import { controlPlaneTag } from '../model/control-plane.ts';
import type { Condition, Fault, Permission, Phase } from '../model/fault.ts';
import type { TargetKind } from '../model/target.ts';
import {
  actionsOf,
  isGlobal,
  type PolicyDocument,
  type PolicyStatement,
  policyOf,
} from './policy-document.ts';
import { lookStatements, readPermissions } from './read-policy.ts';
import { type ScheduleScope, scheduleStatements } from './schedule-statements.ts';

export interface RoleScope extends ScheduleScope {
  // Partition, account, ARN and regions may be deploy-time tokens.
  readonly regions: readonly string[];
  readonly optIn: { readonly key: string; readonly value: string };
  readonly kinds: readonly Pick<TargetKind, 'arnPatterns' | 'readPermissions'>[];
  /** Those that are enabled: no role can do any other. */
  readonly faults: readonly Fault[];
}

/**
 * The target role's policy. Every action that changes something, or can read what may be secret, is limited to resources of
 * this account that carry the opt-in tag.
 */
export function rolePolicy(scope: RoleScope): PolicyDocument {
  const { kinds, regions, optIn, faults } = scope;
  const optedIn = { StringEquals: { [`aws:ResourceTag/${optIn.key}`]: optIn.value } };
  const reads = readPermissions(kinds, faults);
  const changes = permissionsOf(faults, ['inject', 'undo']);
  return policyOf([
    ...lookStatements(actionsOf(reads.filter(({ on }) => on === undefined)), regions),
    ...statementsFor('LookAt', reads, optedIn, scope),
    ...statementsFor('Strike', changes, optedIn, scope),
    ...(needsSchedules(faults) ? scheduleStatements(scope, ['inject', 'undo']) : []),
    ...neverOurselves(changes.filter(({ action }) => !isRead(action))),
  ]);
}

/**
 * The undo role's policy. It asks only that the opt-in tag is there, whatever its value: opting out in the middle of a fault must
 * not keep anybody from ending it. It reads without that condition: what is gone has no tags, and IAM would deny the question. Not so
 * where the answer may hold secrets.
 */
export function undoRolePolicy(scope: RoleScope): PolicyDocument {
  const { optIn, faults, regions } = scope;
  const everOptedIn = { Null: { [`aws:ResourceTag/${optIn.key}`]: 'false' } };
  const undos = permissionsOf(faults, ['undo']);
  const isFree = ({ action, showsSecrets }: Permission<never>) => isRead(action) && showsSecrets !== true;
  const reads = undos.filter(isFree);
  return policyOf([
    ...lookStatements(actionsOf(reads.filter(({ on }) => on === undefined)), regions),
    ...statementsFor('LookAt', reads, {}, scope),
    ...statementsFor(
      'Undo',
      undos.filter((permission) => !isFree(permission)),
      everOptedIn,
      scope,
    ),
    ...(needsSchedules(faults) ? scheduleStatements(scope, ['undo']) : []),
    ...neverOurselves(undos.filter(({ action }) => !isRead(action))),
  ]);
}

function permissionsOf(faults: readonly Fault[], phases: readonly Phase[]): readonly Permission<never>[] {
  return faults.flatMap(({ permissions }) =>
    permissions.filter(({ phases: used = ['inject'] }) => phases.some((phase) => used.includes(phase))),
  );
}

function needsSchedules(faults: readonly Fault[]): boolean {
  return faults.some((fault) => fault.lasts && fault.ends.by === 'schedule');
}

/** A statement for each resource type that any of these is called on, and each set of conditions. */
function statementsFor(
  sid: string,
  permissions: readonly Pick<Permission<never>, 'action' | 'on' | 'condition' | 'untagged'>[],
  tagged: Condition,
  scope: Pick<RoleScope, 'partition' | 'account' | 'regions' | 'kinds'>,
): readonly PolicyStatement[] {
  const patterns = scope.kinds.flatMap(({ arnPatterns }) => Object.entries(arnPatterns));
  return patterns.flatMap(([type, pattern]) => {
    const ofType = permissions.filter(({ on }) => on === type);
    const conditionOf = ({ action, condition = {}, untagged }: (typeof ofType)[number]) => {
      const region = isGlobal(action) ? {} : { StringEquals: { 'aws:RequestedRegion': scope.regions } };
      const own = typeof condition === 'function' ? condition(scope) : condition;
      return mergedConditions([untagged ? {} : tagged, region, own]);
    };
    const byCondition = Map.groupBy(ofType, (permission) => JSON.stringify(conditionOf(permission)));
    return [...byCondition.values()].map((group, index): PolicyStatement => {
      const Condition = group[0] && conditionOf(group[0]);
      return {
        Sid: `${sid}${type.charAt(0).toUpperCase()}${type.slice(1)}${index === 0 ? '' : index + 1}`,
        Effect: 'Allow',
        Action: actionsOf(group),
        Resource: [pattern(scope)],
        ...(Condition && Object.keys(Condition).length > 0 && { Condition }),
      };
    });
  });
}

function isRead(action: string): boolean {
  return /:(GET$|(Get|List|Describe)[A-Z])/.test(action);
}

function mergedConditions(conditions: readonly Condition[]): Condition {
  const merged: Record<string, Record<string, string | readonly string[]>> = {};
  for (const condition of conditions) {
    for (const [operator, keys] of Object.entries(condition)) {
      merged[operator] = { ...merged[operator], ...keys };
    }
  }
  return merged;
}

/** Whatever is tagged: opting in a whole stack of ours must not open it. */
function neverOurselves(changes: readonly { readonly action: string }[]): readonly PolicyStatement[] {
  if (changes.length === 0) return [];
  return [
    {
      Sid: 'NeverOurselves',
      Effect: 'Deny',
      Action: actionsOf(changes),
      Resource: ['*'],
      Condition: { StringEquals: { [`aws:ResourceTag/${controlPlaneTag.key}`]: controlPlaneTag.value } },
    },
  ];
}
