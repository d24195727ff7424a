import { describe, expect, test } from 'vitest';
import type { Config } from '#core/config/config.ts';
import { roleArn } from '#core/model/aws-names.ts';
import { masterRoleName } from '#target-role/names.ts';
import { aConfig } from '../support/a-config.ts';
import { policyOf } from '../support/deployed-world.ts';
import { isAllowed } from '../support/iam-evaluator.ts';
import { resolveTemplate, roleNamed } from '../support/resolved-template.ts';
import { masterStack, templateOf } from '../support/synth.ts';

const master = { account: '111111111111', region: 'eu-west-1' };
const organization = 'o-aaaaaaaaaa';
const stranger = '999999999999';

const few = aConfig({
  accounts: [master.account, '222222222222', { id: '333333333333', roleName: 'chaos-of-payments' }],
});
/** As few that exact ARNs fit, and as many that they do not; some with role names of their own. */
const thousand = Array.from({ length: 1000 }, (_, index) => {
  const id = String(200_000_000_000 + index);
  if (index % 100 === 7) return { id, roleName: `chaos-of-${index}` };
  return index % 2 === 0 ? id : { id, roleName: 'chaos-of-the-other-half' };
});
const configs: Readonly<Record<string, Config>> = {
  'three accounts': few,
  'three accounts in an organization': aConfig({ accounts: [...few.accounts], organization }),
  '1,000 accounts': aConfig({ accounts: thousand }),
  '1,000 accounts in an organization': aConfig({ accounts: thousand, organization }),
  // As many exact ARNs as fit, beside all that the configuration can ask for.
  'as many accounts as fit inline, with all gates': aConfig({
    accounts: Array.from({ length: 64 }, (_, index) => String(200_000_000_000 + index)),
    gates: {
      alarms: { organization: ['all-of-it'] },
      changeCalendars: Array.from(
        { length: 10 },
        (_, index) => `arn:aws:ssm:ap-southeast-1:999999999999:document/${'x'.repeat(120)}${index}`,
      ),
    },
  }),
};

function roleOf(config: Config) {
  return roleNamed(resolveTemplate(templateOf(masterStack(config)), master), masterRoleName);
}

describe.each(Object.entries(configs))('the master role of %s', (_, config) => {
  const role = roleOf(config);
  const accounts = config.accounts.map(({ id }) => id);
  // All of a few; of many some of each kind. That the documents hold all of them, a test of assumePolicies shows.
  const sample = config.accounts.filter(
    (_account, index) => accounts.length < 10 || [0, 1, 7].includes(index % 100),
  );
  const isAssumeRoleAllowed = (
    account: string,
    roleName: string,
    { action = 'sts:AssumeRole', inOrg = organization } = {},
  ) =>
    isAllowed({
      role: roleArn('aws', master.account, masterRoleName),
      action,
      resource: roleArn('aws', account, roleName),
      region: master.region,
      context: { 'sts:ExternalId': 'chaos-test', 'sts:SourceIdentity': 'r-1' },
      organizations: Object.fromEntries([...accounts, stranger].map((id) => [id, inOrg])),
      identityPolicies: [...role.inlinePolicies, ...role.managedPolicies],
      resourcePolicy: trustsTheMaster,
    });

  test('may assume, and name the session of, every configured role', async () => {
    for (const { id, roleName } of sample) {
      expect([id, await isAssumeRoleAllowed(id, roleName)]).toEqual([id, true]);
      expect([id, await isAssumeRoleAllowed(id, roleName, { action: 'sts:SetSourceIdentity' })]).toEqual([
        id,
        true,
      ]);
    }
  });

  test('may assume no other role of a configured account', async () => {
    for (const [index, { id, roleName }] of sample.entries()) {
      const neighbors = sample.slice(index + 1, index + 3).map((account) => account.roleName);
      for (const other of new Set([...neighbors, 'admin', `${roleName}-2`])) {
        if (other !== roleName)
          expect([id, other, await isAssumeRoleAllowed(id, other)]).toEqual([id, other, false]);
      }
    }
  });

  test('may assume no role of an account that is not configured', async () => {
    for (const roleName of new Set(config.accounts.map((account) => account.roleName))) {
      expect(await isAssumeRoleAllowed(stranger, roleName)).toBe(false);
    }
  });

  test('may, if an organization is configured, only assume roles in it', async () => {
    const [first] = config.accounts;
    const allowed = await isAssumeRoleAllowed(first?.id ?? '', first?.roleName ?? '', {
      inOrg: 'o-bbbbbbbbbb',
    });
    expect(allowed).toBe(config.organization === undefined);
  });

  test('keeps within what IAM takes', () => {
    // Names that CloudFormation makes up have up to 40 characters more than the logical ids that stand for them here.
    const room = 5 * 40;
    const inline = role.inlinePolicies.map((document) => JSON.stringify(document).length);
    expect(inline.reduce((sum, length) => sum + length, 0) + room).toBeLessThanOrEqual(10_240);
    expect(role.managedPolicies.length).toBeLessThanOrEqual(10);
    for (const document of role.managedPolicies) {
      expect(JSON.stringify(document).length).toBeLessThanOrEqual(6_144);
    }
  });

  test('may write to nothing but its own table, topics, queue and log', () => {
    const others = policyOf(role).Statement.filter(({ Action = [] }) =>
      [Action].flat().some((action) => !/^sts:|:(Describe|Get[A-Z]\w*State)/.test(action)),
    );
    const resources = others.flatMap(({ Resource }) => Resource);
    expect(resources).toHaveLength(5);
    expect(resources.every((resource) => resource.includes(`:${master.region}:${master.account}:`))).toBe(
      true,
    );
    // A log group's ARN ends so; nothing else has a wildcard.
    expect(resources.filter((resource) => resource.includes('*'))).toEqual([
      `arn:aws:logs:${master.region}:${master.account}:log-group:/aws/lambda/chaos_monkey:*`,
    ]);
  });
});

describe('the master role', () => {
  const inHome = `${master.region}:${master.account}`;
  const may = (config: Config, action: string, resource: string) =>
    isAllowed({
      role: roleArn('aws', master.account, masterRoleName),
      action,
      resource,
      region: master.region,
      identityPolicies: [policyOf(roleOf(config))],
    });

  test('may read alarms only when the configuration names some of the organization', async () => {
    const alarms = `arn:aws:cloudwatch:${inHome}:alarm:*`;
    const asking = aConfig({ gates: { alarms: { organization: ['all-of-it'] } } });
    expect(await may(asking, 'cloudwatch:DescribeAlarms', alarms)).toBe(true);
    expect(await may(asking, 'cloudwatch:SetAlarmState', alarms)).toBe(false);
    const ofAccounts = aConfig({ gates: { alarms: { account: ['customers'] } } });
    expect(await may(ofAccounts, 'cloudwatch:DescribeAlarms', alarms)).toBe(false);
  });

  test('may ask for the state of the configured calendars, its own and shared ones, and of no others', async () => {
    const own = `arn:aws:ssm:${inHome}:document/freeze`;
    const shared = `arn:aws:ssm:${master.region}:${stranger}:document/freeze`;
    const asking = aConfig({ gates: { changeCalendars: ['freeze', shared] } });
    expect(await may(asking, 'ssm:GetCalendarState', own)).toBe(true);
    expect(JSON.stringify(policyOf(roleOf(asking)))).toContain(shared);
    expect(await may(asking, 'ssm:GetCalendarState', `${own}-2`)).toBe(false);
    expect(await may(asking, 'ssm:GetDocument', own)).toBe(false);
    expect(await may(few, 'ssm:GetCalendarState', own)).toBe(false);
  });

  test('names exact ARNs while they fit', () => {
    const { inlinePolicies, managedPolicies } = roleOf(few);
    expect(managedPolicies).toEqual([]);
    expect(JSON.stringify(inlinePolicies)).toContain(roleArn('aws', '333333333333', 'chaos-of-payments'));
    expect(JSON.stringify(inlinePolicies)).not.toContain('iam::*');
  });

  test('can be assumed by Lambda alone', () => {
    expect(roleOf(few).trustPolicy).toEqual({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } },
      ],
    });
  });
});

/** A trust policy that leaves it all to the master's own policies. */
const trustsTheMaster = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111111111111:root' }, Action: 'sts:*' }],
};
