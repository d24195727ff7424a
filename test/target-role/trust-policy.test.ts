import { describe, expect, test } from 'vitest';
import { roleArn } from '#core/model/aws-names.ts';
import { masterRoleName } from '#target-role/names.ts';
import { trustPolicy } from '#target-role/trust-policy.ts';
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
