import { controlPlaneTag } from '../model/control-plane.ts';
import type { Condition, Fault, Permission, Phase } from '../model/fault.ts';
import type { PlaceOfRole, TargetKind } from '../model/target.ts';
import {
  actionsOf,
  type DenyAllButStatement,
  neverElsewhere,
  type PolicyDocument,
  type PolicyStatement,
  policyOf,
} from './policy-document.ts';
import { type ProbeCall, probeStatements } from './probe-policy.ts';
import { readPermissions } from './read-policy.ts';
import { type ScheduleScope, scheduleStatements } from './schedule-statements.ts';

export interface RoleScope extends ScheduleScope {
  // Partition, account, ARN and regions may be deploy-time tokens.
  readonly regions: readonly string[];
  readonly optIn: { readonly key: string; readonly value: string };
  readonly kinds: readonly Pick<TargetKind, 'arnPatterns' | 'partPatterns' | 'readPermissions'>[];
  /** Those that are enabled: no role can do any other. */
  readonly faults: readonly Fault[];
}

export type RolePolicy = PolicyDocument<PolicyStatement | DenyAllButStatement>;

/**
 * The target role's policy. Every action that changes something, or can read what may be secret, is limited to resources of
 * this account that carry the opt-in tag; or called on what is ours, as the SSM documents are, which do nothing without a target; or
 * what a probe asks for, on what is there for probes. `measured`: what probes call.
 */
export function rolePolicy(scope: RoleScope, measured: readonly ProbeCall[] = []): RolePolicy {
  const { kinds, regions, optIn, faults } = scope;
  const optedIn = { StringEquals: { [`aws:ResourceTag/${optIn.key}`]: optIn.value } };
  const reads = readPermissions(kinds, faults);
  const changes = permissionsOf(faults, ['inject', 'undo']);
  const anywhere = [...reads, ...changes].filter(({ action, on }) => on === undefined && isRead(action));
  return policyOf([
    ...look(anywhere),
    ...statementsFor('LookAt', reads, optedIn, scope),
    ...statementsFor('Strike', changes, optedIn, scope),
    ...statementsForOurs('StrikeBy', changes, scope),
    ...probeStatements(measured, scope),
    neverElsewhere(regions),
    ...(needsSchedules(faults) ? scheduleStatements(scope, ['inject', 'undo']) : []),
    ...neverOurselves(
      [...changes, ...measured.map(({ action }) => ({ action }))].filter(({ action }) => !isRead(action)),
      scope,
    ),
  ]);
}

/**
 * The undo role's policy. It asks only that the opt-in tag is there, whatever its value: opting out in the middle of a fault must
 * not keep anybody from ending it. It reads without that condition: what is gone has no tags, and IAM would deny the question. Not so
 * where the answer may hold secrets.
 */
export function undoRolePolicy(scope: RoleScope): RolePolicy {
  const { optIn, faults, regions } = scope;
  const everOptedIn = { Null: { [`aws:ResourceTag/${optIn.key}`]: 'false' } };
  const undos = permissionsOf(faults, ['undo']);
  const isFree = ({ action, showsSecrets }: Permission<never>) => isRead(action) && showsSecrets !== true;
  const reads = undos.filter(isFree);
  return policyOf([
    ...look(reads.filter(({ on }) => on === undefined)),
    ...statementsFor('LookAt', reads, {}, scope),
    ...statementsFor(
      'Undo',
      undos.filter((permission) => !isFree(permission)),
      everOptedIn,
      scope,
    ),
    ...statementsForOurs('UndoBy', undos, scope),
    neverElsewhere(regions),
    ...(needsSchedules(faults) ? scheduleStatements(scope, ['undo']) : []),
    ...neverOurselves(
      undos.filter(({ action }) => !isRead(action)),
      scope,
    ),
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

/** What IAM can limit to no resource. */
function look(permissions: readonly Pick<Permission<never>, 'action'>[]): readonly PolicyStatement[] {
  if (permissions.length === 0) return [];
  return [{ Sid: 'Look', Effect: 'Allow', Action: actionsOf(permissions), Resource: ['*'] }];
}

/**
 * A statement for each set of conditions, as there is no room for one for each resource type. Actions on what another service has are
 * apart: they may take more than one type of resource, as SendCommand takes buckets. So are those on what holds another kind's
 * resources. A test shows that no others need be.
 */
function statementsFor(
  sid: string,
  permissions: readonly Pick<Permission<never>, 'action' | 'on' | 'condition' | 'untagged'>[],
  tagged: Condition,
  scope: Pick<RoleScope, 'partition' | 'account' | 'kinds'>,
): readonly PolicyStatement[] {
  const patterns = new Map(scope.kinds.flatMap(({ arnPatterns }) => Object.entries(arnPatterns)));
  const grants = permissions.flatMap(({ action, on = '', condition = {}, untagged }) => {
    const arn = patterns.get(on)?.(scope);
    const own = typeof condition === 'function' ? condition(scope) : condition;
    const Condition = mergedConditions([untagged ? {} : tagged, own]);
    return arn === undefined ? [] : [{ action, arn, Condition }];
  });
  const isOfService = ({ action, arn }: (typeof grants)[number]) =>
    arn.startsWith(`arn:${scope.partition}:${action.split(':')[0]}:`);
  const holdsAnother = ({ arn }: (typeof grants)[number]) =>
    grants.some((one) => one.arn !== arn && one.arn.startsWith(arn.replace(/\*$/, '')));
  const ofAnother = (one: (typeof grants)[number]) =>
    isOfService(one) && !holdsAnother(one) ? undefined : one.arn;
  const groups = Map.groupBy(grants, (one) => JSON.stringify([one.Condition, ofAnother(one)]));
  return [...groups.values()].map((group, index): PolicyStatement => {
    const { Condition = {} } = group[0] ?? {};
    return {
      Sid: index === 0 ? sid : `${sid}${index + 1}`,
      Effect: 'Allow',
      Action: actionsOf(group),
      Resource: [...new Set(group.map(({ arn }) => arn))].sort(),
      ...(Object.keys(Condition).length > 0 && { Condition }),
    };
  });
}

/** ARNs of what is ours in a target account, in any region, that these act on. */
export function listOurs(on: readonly Pick<Fault, 'permissions'>[], place: PlaceOfRole): readonly string[] {
  const ours = on.flatMap(({ permissions }) =>
    permissions.flatMap((permission) => permission.ours?.({ ...place, region: '*' }) ?? []),
  );
  return [...new Set(ours)].sort();
}

/** A statement for each action that is called on what is ours. */
function statementsForOurs(
  sid: string,
  permissions: readonly Permission<never>[],
  scope: PlaceOfRole,
): readonly PolicyStatement[] {
  const byAction = Map.groupBy(
    permissions.filter(({ ours }) => ours !== undefined),
    ({ action }) => action,
  );
  return [...byAction].map(([action, group]) => ({
    Sid: `${sid}${action.split(':')[1]}`,
    Effect: 'Allow',
    Action: [action],
    Resource: listOurs([{ permissions: group }], scope),
  }));
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

/**
 * Whatever is tagged: opting in a whole stack of ours must not open it. What is ours and is there to strike with carries that tag as
 * well, so an action on it is denied only on targets.
 */
function neverOurselves(
  changes: readonly Permission<never>[],
  { kinds, ...place }: Pick<RoleScope, 'partition' | 'account' | 'kinds'>,
): readonly PolicyStatement[] {
  const byOurs = new Set(changes.filter(({ ours }) => ours !== undefined).map(({ action }) => action));
  const patterns = kinds.flatMap(({ arnPatterns }) => Object.entries(arnPatterns));
  const deny = (
    Sid: string,
    denied: readonly Permission<never>[],
    Resource: readonly string[],
  ): readonly PolicyStatement[] =>
    denied.length === 0
      ? []
      : [{ Sid, Effect: 'Deny', Action: actionsOf(denied), Resource, Condition: isOurs }];
  const onTargets = changes.filter(({ action, on }) => on !== undefined && byOurs.has(action));
  return [
    ...deny(
      'NeverOurselves',
      changes.filter(({ action }) => !byOurs.has(action)),
      ['*'],
    ),
    ...deny(
      'NeverOurselvesAsTargets',
      onTargets,
      patterns.flatMap(([type, pattern]) =>
        onTargets.some(({ on }) => on === type) ? [pattern(place)] : [],
      ),
    ),
    ...neverBootstrap(changes, patterns, place),
    ...neverParts(changes, kinds, place),
  ];
}

/** Resource types that CDK's bootstrap stack makes, which carry no tag of ours, and by which all else can be deployed. */
const bootstrapTypes: readonly string[] = ['role', 'roleByName', 'bucket'];

function neverBootstrap(
  changes: readonly Permission<never>[],
  patterns: readonly (readonly [string, (place: PlaceOfRole) => string])[],
  place: PlaceOfRole,
): readonly PolicyStatement[] {
  const types = bootstrapTypes.filter((type) => changes.some(({ on }) => on === type));
  if (types.length === 0) return [];
  const arns = patterns.flatMap(([type, pattern]) =>
    types.includes(type) ? [pattern(place).replace(/\*$/, 'cdk-*')] : [],
  );
  return [
    {
      Sid: 'NeverDeployers',
      Effect: 'Deny',
      Action: actionsOf(changes.filter(({ on = '' }) => types.includes(on))),
      Resource: [...new Set(arns)].sort(),
    },
  ];
}

function neverParts(
  changes: readonly Permission<never>[],
  kinds: RoleScope['kinds'],
  place: PlaceOfRole,
): readonly PolicyStatement[] {
  const parts = new Map(kinds.flatMap(({ partPatterns = {} }) => Object.entries(partPatterns)));
  const denied = changes.filter(({ on = '' }) => parts.has(on));
  if (denied.length === 0) return [];
  const arns = denied.flatMap(({ on = '' }) => parts.get(on)?.(place) ?? []);
  return [
    { Sid: 'NeverParts', Effect: 'Deny', Action: actionsOf(denied), Resource: [...new Set(arns)].sort() },
  ];
}

const isOurs: Condition = {
  StringEquals: { [`aws:ResourceTag/${controlPlaneTag.key}`]: controlPlaneTag.value },
};
