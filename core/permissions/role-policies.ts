import { controlPlaneTag } from '../model/control-plane.ts';
import type { Condition, Fault, Permission, Phase } from '../model/fault.ts';
import type { TargetKind } from '../model/target.ts';
import { actionsOf, type PolicyDocument, type PolicyStatement, policyOf } from './policy-document.ts';
import { lookStatement, readPermissions } from './read-policy.ts';
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
    lookStatement(actionsOf(reads.filter(({ on }) => on === undefined)), regions),
    ...statementsFor('LookAt', reads, optedIn, scope),
    ...statementsFor('Strike', changes, optedIn, scope),
    ...(needsSchedules(faults) ? scheduleStatements(scope, ['inject', 'undo']) : []),
    ...neverOurselves(changes.filter(({ action }) => !isRead(action))),
  ]);
}

/**
 * The undo role's policy. It asks only that the opt-in tag is there, whatever its value: opting out in the middle of a fault must
 * not keep anybody from ending it. It reads without a condition: what is gone has no tags, and IAM would deny the question.
 */
export function undoRolePolicy(scope: RoleScope): PolicyDocument {
  const { optIn, faults, regions } = scope;
  const everOptedIn = { Null: { [`aws:ResourceTag/${optIn.key}`]: 'false' } };
  const undos = permissionsOf(faults, ['undo']);
  const reads = undos.filter(({ action }) => isRead(action));
  const writes = undos.filter(({ action }) => !isRead(action));
  return policyOf([
    ...(reads.length > 0 ? [lookStatement(actionsOf(reads), regions)] : []),
    ...statementsFor('Undo', writes, everOptedIn, scope),
    ...(needsSchedules(faults) ? scheduleStatements(scope, ['undo']) : []),
    ...neverOurselves(writes),
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
  permissions: readonly Pick<Permission<never>, 'action' | 'on' | 'condition'>[],
  tagged: Condition,
  scope: Pick<RoleScope, 'partition' | 'account' | 'regions' | 'kinds'>,
): readonly PolicyStatement[] {
  const patterns = scope.kinds.flatMap(({ arnPatterns }) => Object.entries(arnPatterns));
  return patterns.flatMap(([type, pattern]) => {
    const ofType = permissions.filter(({ on }) => on === type);
    const byCondition = Map.groupBy(ofType, ({ action, condition }) =>
      JSON.stringify([isGlobal(action), condition ?? {}]),
    );
    return [...byCondition.values()].map((group, index): PolicyStatement => {
      const [{ action = '', condition = {} } = {}] = group;
      const region = isGlobal(action) ? {} : { StringEquals: { 'aws:RequestedRegion': scope.regions } };
      return {
        Sid: `${sid}${type.charAt(0).toUpperCase()}${type.slice(1)}${index === 0 ? '' : index + 1}`,
        Effect: 'Allow',
        Action: actionsOf(group),
        Resource: [pattern(scope)],
        Condition: mergedConditions([tagged, region, condition]),
      };
    });
  });
}

function isRead(action: string): boolean {
  return /:(Get|List|Describe)[A-Z]/.test(action);
}

/** IAM's own calls are requested in one region, wherever the role may act. */
function isGlobal(action: string): boolean {
  return action.startsWith('iam:');
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
