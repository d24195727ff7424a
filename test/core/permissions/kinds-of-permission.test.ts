import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { OneShotFault, Permission } from '#core/model/fault.ts';
import { readPolicy } from '#core/permissions/read-policy.ts';
import { rolePolicy, undoRolePolicy } from '#core/permissions/role-policies.ts';
import { faults } from '#faults/registry.ts';
import { kinds } from '#targets/registry.ts';
import { aScheduleScope } from '../../support/a-schedule-scope.ts';

const scope = {
  ...aScheduleScope,
  account: '222222222222',
  regions: ['eu-west-1'],
  optIn: { key: 'chaos:opt-in', value: 'true' },
  kinds,
};
const fault = (...permissions: readonly Permission<unknown>[]): OneShotFault => ({
  name: 'made-up',
  summary: '',
  kind: 'lambda-function',
  parameters: z.unknown(),
  lasts: false,
  leaves: 'a trace',
  permissions: permissions as OneShotFault['permissions'],
  inject: async () => '',
});
const granting = (policy: typeof rolePolicy, permission: Permission<unknown>) =>
  policy({ ...scope, faults: [fault(permission)] }).Statement.filter(
    ({ Effect, Action }) => Effect === 'Allow' && Action.includes(permission.action),
  );
const inRegion = { StringEquals: { 'aws:RequestedRegion': ['eu-west-1'] } };
const everOptedIn = { Null: { 'aws:ResourceTag/chaos:opt-in': 'false' } };

describe('what the undo role grants', () => {
  test('reads of its type of resource, tagged or not: what is gone has no tags', () => {
    const read = { action: 'lambda:GetFunctionConcurrency', on: 'function', phases: ['undo'] } as const;
    expect(granting(undoRolePolicy, read)).toEqual([
      {
        ...{ Sid: 'LookAt', Effect: 'Allow', Action: [read.action] },
        Resource: ['arn:aws:lambda:*:222222222222:function:*'],
      },
    ]);
  });

  test('writes, and reads that may show secrets, only where the tag is', () => {
    const on = { on: 'function', phases: ['undo'] } as const;
    const secret = { action: 'lambda:GetFunctionConfiguration', ...on, showsSecrets: true } as const;
    const write = { action: 'lambda:UpdateFunctionConfiguration', ...on } as const;
    expect(granting(undoRolePolicy, secret).map(({ Condition }) => Condition)).toEqual([everOptedIn]);
    expect(granting(undoRolePolicy, write).map(({ Condition }) => Condition)).toEqual([everOptedIn]);
  });
});

describe('what the target role grants', () => {
  test('reads of what has no tags, on that type of resource', () => {
    const read = { action: 'apigateway:GET', on: 'apiStages', untagged: true, phases: ['prepare'] } as const;
    expect(granting(rolePolicy, read)).toEqual([
      {
        ...{ Sid: 'LookAt2', Effect: 'Allow', Action: [read.action] },
        Resource: ['arn:aws:apigateway:*::/apis/*/stages'],
      },
    ]);
  });

  test("a condition of the permission's own, for this partition and account", () => {
    const pinned = {
      action: 'iam:AttachRolePolicy',
      on: 'role',
      condition: ({ partition, account }: { partition: string; account: string }) => ({
        ArnEquals: { 'iam:PolicyARN': `arn:${partition}:iam::${account}:policy/one` },
      }),
    } as const;
    expect(granting(rolePolicy, pinned).map(({ Condition }) => Condition)).toEqual([
      {
        StringEquals: { 'aws:ResourceTag/chaos:opt-in': 'true' },
        ArnEquals: { 'iam:PolicyARN': 'arn:aws:iam::222222222222:policy/one' },
      },
    ]);
  });
});

test('looking is limited to the regions, but for what is global', () => {
  const reading = (...actions: readonly `${string}:${string}`[]) =>
    readPolicy([{ readPermissions: actions.map((action) => ({ action })) }], [], ['eu-west-1']).Statement;
  expect(reading('ec2:DescribeInstances', 'iam:GetRole')).toMatchObject([
    { Action: ['ec2:DescribeInstances'], Condition: inRegion },
    { Action: ['iam:GetRole'] },
  ]);
  expect(reading('iam:GetRole')).not.toMatchObject([{ Condition: {} }]);
});

test.each([
  ['target', rolePolicy],
  ['undo', undoRolePolicy],
])('the %s role does nothing elsewhere, but for what is global', (_, policy) => {
  expect(policy({ ...scope, faults: [...faults.values()] }).Statement).toContainEqual({
    ...{ Sid: 'NeverElsewhere', Effect: 'Deny', NotAction: ['iam:*'], Resource: ['*'] },
    Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1'] } },
  });
});

test.each([...faults.values()])(
  '$name grants no change without a tag, nor as a secret',
  ({ permissions }) => {
    for (const { action, untagged, showsSecrets } of permissions) {
      if (untagged || showsSecrets) expect(action).toMatch(/:(GET$|(Get|List|Describe)[A-Z])/);
    }
  },
);
