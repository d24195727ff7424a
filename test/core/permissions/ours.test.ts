import { describe, expect, test } from 'vitest';
import type { FaultRegistry, OneShotFault } from '#core/model/fault.ts';
import { rolePolicy, undoRolePolicy } from '#core/permissions/role-policies.ts';
import { strikePolicy, undoPolicy } from '#core/permissions/session-policies.ts';
import { kinds } from '#targets/registry.ts';
import { aScheduleScope } from '../../support/a-schedule-scope.ts';
import { aTarget } from '../../support/a-target.ts';
import { isAllowed, isDeniedExplicitly } from '../../support/iam-evaluator.ts';

/** Strikes by a document of ours, and undoes by another. */
const burn = {
  name: 'burn',
  summary: '',
  kind: 'ec2-instance',
  permissions: [
    { action: 'ssm:SendCommand', on: 'instance', phases: ['inject', 'undo'] },
    { action: 'ssm:SendCommand', ours: (at) => [documentArn('Burn', at)], phases: ['inject'] },
    { action: 'ssm:SendCommand', ours: (at) => [documentArn('Undo', at)], phases: ['undo'] },
    { action: 'ssm:GetCommandInvocation', phases: ['inject', 'undo'] },
    { action: 'ec2:RebootInstances', on: 'instance' },
  ],
} satisfies Partial<OneShotFault<(typeof kinds)[number]>>;
const fault = burn as never;

const { account } = aScheduleScope;
const scope = {
  ...aScheduleScope,
  regions: ['eu-west-1'],
  optIn: { key: 'chaos:opt-in', value: 'true' },
  kinds,
  faults: [fault],
};
const target = aTarget();
const faults: FaultRegistry = new Map([['burn', fault]]);
const strikes = [{ target, fault: { name: 'burn', parameters: {} } }];

function documentArn(name: string, at = { partition: 'aws', region: 'eu-west-1', account }): string {
  return `arn:${at.partition}:ssm:${at.region}:${at.account}:document/${name}`;
}

const instance = target.arns.instance ?? '';
const optedIn = { 'chaos:opt-in': 'true' };
const ours = { 'chaos:control-plane': 'true' };

const call = (
  policy: object,
  resource: string,
  tags: Readonly<Record<string, string>> = {},
  session?: object,
) => ({
  role: `arn:aws:iam::${account}:role/chaos-monkey-target`,
  action: 'ssm:SendCommand',
  resource,
  region: resource.split(':')[3] ?? '',
  tags,
  identityPolicies: [policy],
  sessionPolicy: session,
});
const may = (...about: Parameters<typeof call>) => isAllowed(call(...about));

describe.each([
  ['target', rolePolicy(scope), ['Burn', 'Undo'], ['Theirs', 'Burner']],
  ['undo', undoRolePolicy(scope), ['Undo'], ['Burn', 'Theirs']],
])("the %s role's policy", (_role, policy, allowed, others) => {
  test.each(allowed)('allows %s without the tag of opting in, whatever it is tagged with', async (name) => {
    for (const tags of [{}, ours, { ...ours, ...optedIn }]) {
      expect(await may(policy, documentArn(name), tags)).toBe(true);
    }
  });

  test.each(others)('does not allow %s, not even if it has opted in', async (name) => {
    expect(await may(policy, documentArn(name), optedIn)).toBe(false);
  });

  test('allows none of another account, or elsewhere', async () => {
    for (const at of [{ account: '333333333333' }, { region: 'us-east-1' }]) {
      const place = { partition: 'aws', region: 'eu-west-1', account, ...at };
      expect(await may(policy, documentArn('Undo', place))).toBe(false);
    }
  });

  test('allows instances that have opted in, and no others', async () => {
    expect(await may(policy, instance, optedIn)).toBe(true);
    expect(await may(policy, instance)).toBe(false);
  });

  test('denies instances of our own, opted in or not', async () => {
    expect(await isDeniedExplicitly(call(policy, instance, { ...ours, ...optedIn }))).toBe(true);
  });

  test('lets the answer be read', async () => {
    const read = { ...call(policy, '*'), action: 'ssm:GetCommandInvocation', region: 'eu-west-1' };
    expect(await isAllowed(read)).toBe(true);
  });
});

test('an action on targets alone is denied on all that is ours', async () => {
  const reboot = {
    ...call(rolePolicy(scope), instance, { ...ours, ...optedIn }),
    action: 'ec2:RebootInstances',
  };
  expect(await isDeniedExplicitly(reboot)).toBe(true);
  expect(rolePolicy(scope).Statement).toContainEqual(
    expect.objectContaining({ Sid: 'NeverOurselves', Action: ['ec2:RebootInstances'], Resource: ['*'] }),
  );
});

describe('the session', () => {
  test.each([
    ['of a strike', strikePolicy(strikes, faults, aScheduleScope), ['Burn', 'Undo']],
    ['of its undo', undoPolicy(strikes, faults, aScheduleScope), ['Undo']],
  ])('%s can send exactly its documents, to its target', async (_session, policy, names) => {
    const all = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
    const documents = ['Burn', 'Undo', 'Theirs'];
    const allowed: string[] = [];
    for (const name of documents) {
      if (await may(all, documentArn(name), {}, policy)) allowed.push(name);
    }
    expect(allowed).toEqual(names);
    expect(await may(all, instance, {}, policy)).toBe(true);
    expect(await may(all, aTarget({ id: 'i-0other' }).arns.instance ?? '', {}, policy)).toBe(false);
    expect(JSON.stringify(policy)).not.toContain(`ssm:*:`);
  });
});
