import { describe, expect, test } from 'vitest';
import { roleArn } from '#core/model/aws-names.ts';
import { janitorRoleName, masterRoleName } from '#target-role/names.ts';
import { trustPolicy, undoTrustPolicy } from '#target-role/trust-policy.ts';
import { isAllowed } from '../support/iam-evaluator.ts';

const master = '111111111111';
const organization = 'o-aaaaaaaaaa';
const target = 'arn:aws:iam::222222222222:role/chaos-monkey-target';

const policies = { withOrganization: organization, withoutOrganization: undefined };

/** The master's role, which may assume anything, calls with the right external id from inside the organization. */
function assume(
  trusted: string | undefined,
  {
    role = roleArn('aws', master, masterRoleName),
    action = 'sts:AssumeRole',
    externalIds = ['agreed'],
    organizations = { [master]: organization } as Record<string, string>,
    resource = target,
  } = {},
): Promise<boolean> {
  return isAllowed({
    role,
    action,
    resource,
    region: 'eu-west-1',
    organizations,
    context: {
      'sts:SourceIdentity': '20261123T090000Z-3f9a1c2b',
      ...Object.fromEntries(externalIds.map((id) => ['sts:ExternalId', id])),
    },
    identityPolicies: [
      { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:*', Resource: '*' }] },
    ],
    resourcePolicy: trustPolicy({
      partition: 'aws',
      masterAccount: master,
      externalId: 'agreed',
      organization: trusted,
    }),
  });
}

describe.each(Object.entries(policies))('the trust policy, %s', (_, trusted) => {
  test('lets exactly the master role in, with the agreed external id', async () => {
    expect(await assume(trusted)).toBe(true);
  });

  test('lets the master role name the session', async () => {
    expect(await assume(trusted, { action: 'sts:SetSourceIdentity', externalIds: [] })).toBe(true);
  });

  test('works where the master is its own target', async () => {
    expect(await assume(trusted, { resource: roleArn('aws', master, 'chaos-monkey-target') })).toBe(true);
  });

  test.each([
    ['another external id', { externalIds: ['guessed'] }],
    ['no external id', { externalIds: [] }],
    ['another role of the master account', { role: roleArn('aws', master, 'admin') }],
    [
      "a role whose name only begins like the master's",
      { role: roleArn('aws', master, `${masterRoleName}-2`) },
    ],
    ['a role of the same name in another account', { role: roleArn('aws', '999999999999', masterRoleName) }],
    [
      'another role of the master account that would name the session',
      { role: roleArn('aws', master, 'admin'), action: 'sts:SetSourceIdentity' },
    ],
    ['a call with session tags', { action: 'sts:TagSession' }],
  ])('refuses %s', async (_name, call) => {
    expect(await assume(trusted, call)).toBe(false);
  });
});

describe('the trust policy of an organization', () => {
  test.each([
    ['another organization', { [master]: 'o-bbbbbbbbbb' }],
    ['no organization', {}],
  ])('refuses a master account in %s', async (_name, organizations) => {
    expect(await assume(organization, { organizations })).toBe(false);
    expect(await assume(organization, { organizations, action: 'sts:SetSourceIdentity' })).toBe(false);
    expect(await assume(undefined, { organizations })).toBe(true);
  });
});

describe('the trust policy of an undo role', () => {
  const account = '222222222222';
  const undoRole = `arn:aws:iam::${account}:role/chaos-monkey-undo`;
  const trust = { partition: 'aws', account, masterAccount: master, externalId: 'agreed', organization };
  const may = (role: string, context: Readonly<Record<string, string>>, inOrg = organization) =>
    isAllowed({
      role,
      action: 'sts:AssumeRole',
      resource: undoRole,
      region: 'eu-west-1',
      organizations: { [master]: inOrg },
      context,
      identityPolicies: [
        { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:*', Resource: '*' }] },
      ],
      resourcePolicy: undoTrustPolicy(trust),
    });
  const group = (id: string, name = 'chaos-undo') =>
    `arn:aws:scheduler:eu-west-1:${id}:schedule-group/${name}`;
  const scheduled = (id: string, arn: string) =>
    may('scheduler.amazonaws.com', { 'aws:SourceAccount': id, 'aws:SourceArn': arn });

  test("lets the janitor's role in, with the agreed external id", async () => {
    const role = roleArn('aws', master, janitorRoleName);
    expect(await may(role, { 'sts:ExternalId': 'agreed' })).toBe(true);
    expect(await may(role, { 'sts:ExternalId': 'guessed' })).toBe(false);
    expect(await may(role, { 'sts:ExternalId': 'agreed' }, 'o-bbbbbbbbbb')).toBe(false);
  });

  test('lets no other role in', async () => {
    const context = { 'sts:ExternalId': 'agreed' };
    expect(await may(roleArn('aws', master, 'admin'), context)).toBe(false);
    expect(await may(roleArn('aws', master, masterRoleName), context)).toBe(false);
    expect(await may(roleArn('aws', account, janitorRoleName), context)).toBe(false);
  });

  test('lets the schedules of the one group act with it, and no others', async () => {
    expect(await scheduled(account, group(account))).toBe(true);
    expect(await scheduled(account, group(account, 'default'))).toBe(false);
    expect(await scheduled('333333333333', group('333333333333'))).toBe(false);
    expect(
      await may('events.amazonaws.com', { 'aws:SourceAccount': account, 'aws:SourceArn': group(account) }),
    ).toBe(false);
  });
});
