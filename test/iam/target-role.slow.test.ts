import { describe, expect, test } from 'vitest';
import { makeClients } from '#aws/clients/clients.ts';
import { enabledKinds } from '#core/config/enabled-faults.ts';
import type { ChosenFault } from '#core/model/fault.ts';
import type { Target } from '#core/model/target.ts';
import { readActions, readPolicy } from '#core/permissions/read-policy.ts';
import { strikePolicy } from '#core/permissions/session-policies.ts';
import { faults } from '#faults/registry.ts';
import { kinds as allKinds } from '#targets/registry.ts';
import { aConfig } from '../support/a-config.ts';
import { aScheduleScope } from '../support/a-schedule-scope.ts';
import { aTargetFor } from '../support/a-target-for.ts';
import { policyOf } from '../support/deployed-world.ts';
import { everyFaultChoice, oneShotFaults } from '../support/every-fault-choice.ts';
import { isAllowed } from '../support/iam-evaluator.ts';
import { instantClock } from '../support/instant-clock.ts';
import { actionsAllowedBy } from '../support/policy-statements.ts';
import { type RecordedCall, recordingTransport } from '../support/recording-transport.ts';
import { resolveTemplate, roleNamed } from '../support/resolved-template.ts';
import { targetStack, templateOf } from '../support/synth.ts';

const account = '222222222222';
const region = 'eu-west-1';
const optIn = { 'chaos:opt-in': 'true' };
const config = aConfig({
  accounts: [account],
  regions: [region, 'us-east-1'],
  faults: [...oneShotFaults.keys()],
});
const choices = everyFaultChoice(oneShotFaults);
const rolePolicy = policyOf(
  roleNamed(
    resolveTemplate(templateOf(targetStack(config, account)), { account, region }),
    'chaos-monkey-target',
  ),
);

const allFaults = [...oneShotFaults.values()];
const kinds = enabledKinds(config, faults, allKinds);

/** What a choice is permitted: two faults may well share an action. */
function actionsOf({ name, parameters }: ChosenFault): Set<string> {
  const permissions = faults.get(name)?.permissions ?? [];
  return new Set(permissions.filter(({ when }) => when?.(parameters) !== false).map(({ action }) => action));
}

/** The calls that a fault really makes. */
async function callsOf({ name, parameters }: ChosenFault, target: Target): Promise<readonly RecordedCall[]> {
  const { transport, calls } = recordingTransport();
  const clients = makeClients({ clock: instantClock(), concurrency: 1, transport });
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const fault = faults.get(name);
  if (fault?.lasts !== false) throw new Error(`no fault that is done once is named ${name}`);
  await fault.inject(
    { client: (service) => clients(service, { region: target.region, credentials }) },
    target,
    parameters,
  );
  return calls;
}

/** What a call is about, read from the call itself and not from the fault's own list of permissions. */
function resourceOf({ action, input }: RecordedCall, { arns, id }: Target): string {
  const named = Object.values(input).flat();
  if (!named.includes(id)) throw new Error(`${action} does not name the target`);
  const isOnGroup = action.startsWith('autoscaling:');
  const arn = isOnGroup ? arns.autoScalingGroup : Object.values(arns).find((each) => each.endsWith(id));
  if (arn === undefined) throw new Error(`${action} has no resource`);
  return arn;
}

interface Attempt {
  /** Where the target is. Left out: in the account and region of the role. */
  readonly place?: { readonly account?: string; readonly region?: string };
  readonly tags?: Readonly<Record<string, string>>;
  readonly sessionPolicy?: object;
  /** The account whose role makes the call. */
  readonly role?: string;
}

/** For each call that the fault makes on the target, whether it would be allowed. */
async function attempts(choice: ChosenFault, attempt: Attempt = {}): Promise<readonly boolean[]> {
  const { place, tags = optIn, role = account } = attempt;
  const target = aTargetFor(choice, place);
  const calls = await callsOf(choice, target);
  return Promise.all(
    calls.map((call) =>
      isAllowed({
        role: `arn:aws:iam::${role}:role/chaos-monkey-target`,
        action: call.action,
        resource: resourceOf(call, target),
        region: call.region,
        tags,
        identityPolicies: [rolePolicy],
        sessionPolicy:
          attempt.sessionPolicy ?? strikePolicy([{ target, fault: choice }], faults, aScheduleScope),
      }),
    ),
  );
}

describe.each(choices.map((choice) => [choice]))('the fault %o', (choice) => {
  test('may do each of its calls on a target that opted in', async () => {
    expect(await attempts(choice)).toEqual([true]);
  });

  test.each([
    ['without the tag', { tags: {} }],
    ['with another value of the tag', { tags: { 'chaos:opt-in': 'false' } }],
    ['with another tag of that value', { tags: { 'chaos:group': 'true' } }],
    ['in another region', { place: { region: 'ap-south-1' } }],
    ['in another account', { place: { account: '333333333333' } }],
    [
      'in another account that has the same policy by mistake',
      { place: { account: '333333333333' }, role: '333333333333' },
    ],
    [
      'by a session for another target',
      {
        sessionPolicy: strikePolicy(
          [
            {
              target: aTargetFor(choice, { number: 2 }),
              fault: choice,
            },
          ],
          faults,
          aScheduleScope,
        ),
      },
    ],
    ['by a session that only looks', { sessionPolicy: readPolicy(kinds, allFaults, config.regions) }],
    [
      'by a session for faults of other actions',
      {
        sessionPolicy: strikePolicy(
          choices
            .filter((other) => actionsOf(other).isDisjointFrom(actionsOf(choice)))
            .map((fault) => ({ target: aTargetFor(choice), fault })),
          faults,
          aScheduleScope,
        ),
      },
    ],
  ] satisfies [string, Attempt][])('may not do it %s', async (_name, attempt) => {
    expect(await attempts(choice, attempt)).toEqual([false]);
  });
});

describe('looking', () => {
  /** Of those that IAM asks for one. */
  const resources: Readonly<Record<string, (region: string) => string>> = {
    'cloudwatch:DescribeAlarms': (at) => `arn:aws:cloudwatch:${at}:${account}:alarm:*`,
    'ec2:DescribeInstanceAttribute': (at) => `arn:aws:ec2:${at}:${account}:instance/i-0123456789abcdef0`,
    'fis:GetSafetyLever': (at) => `arn:aws:fis:${at}:${account}:safety-lever/default`,
  };
  const look = (
    action: string,
    call: Partial<Pick<Attempt, 'tags' | 'sessionPolicy'>> & { region?: string } = {},
  ) =>
    isAllowed({
      role: `arn:aws:iam::${account}:role/chaos-monkey-target`,
      action,
      resource: resources[action]?.(call.region ?? region) ?? '*',
      region,
      tags: optIn,
      identityPolicies: [rolePolicy],
      sessionPolicy: readPolicy(kinds, allFaults, config.regions),
      ...call,
    });

  test.each(readActions(kinds, allFaults))('allows %s', async (action) => {
    expect(await look(action)).toBe(true);
    expect(await look(action, { region: 'us-east-1' })).toBe(true);
  });

  test.each(readActions(kinds, allFaults))(
    'does not allow %s elsewhere, or in a session for strikes',
    async (action) => {
      const widened = { region: 'ap-south-1', sessionPolicy: readPolicy(kinds, allFaults, ['ap-south-1']) };
      expect(await look(action, widened)).toBe(false);
      expect(await look(action, { sessionPolicy: readPolicy(kinds, allFaults, ['us-east-1']) })).toBe(false);
      const sessionPolicy = strikePolicy(
        choices.map((fault) => ({ target: aTargetFor(fault), fault })),
        faults,
        aScheduleScope,
      );
      expect(await look(action, { sessionPolicy })).toBe(false);
    },
  );
});

describe('an attribute, which may be the user data', () => {
  const attributeOf = (
    resource: string,
    tags: Readonly<Record<string, string>> = optIn,
    role: string = account,
  ) =>
    isAllowed({
      role: `arn:aws:iam::${role}:role/chaos-monkey-target`,
      action: 'ec2:DescribeInstanceAttribute',
      resource,
      region,
      tags,
      identityPolicies: [rolePolicy],
      sessionPolicy: readPolicy(kinds, allFaults, config.regions),
    });
  const instance = `arn:aws:ec2:${region}:${account}:instance/i-0123456789abcdef0`;

  test('can be read of an instance that opted in, and of no other', async () => {
    expect(await attributeOf(instance)).toBe(true);
    expect(await attributeOf(instance, {})).toBe(false);
    expect(await attributeOf(instance, { 'chaos:opt-in': 'false' })).toBe(false);
    expect(await attributeOf(instance, { 'chaos:group': 'true' })).toBe(false);
    const other = '333333333333';
    expect(await attributeOf(instance.replace(account, other))).toBe(false);
    // Of an account that has the same policy by mistake.
    expect(await attributeOf(instance.replace(account, other), optIn, other)).toBe(false);
  });
});

describe('the policy of a target role', () => {
  test('grants what the faults call and what looking takes, and nothing else', async () => {
    const calls = (await Promise.all(choices.map((choice) => callsOf(choice, aTargetFor(choice))))).flat();
    const granted = actionsAllowedBy(rolePolicy);
    expect(granted).toEqual(
      new Set([...calls.map(({ action }) => action), ...readActions(kinds, allFaults)]),
    );
    expect([...granted].join()).not.toContain('*');
  });

  test('has the opt-in tag as a condition wherever something can be changed', () => {
    const writing = rolePolicy.Statement.filter(({ Action = [] }) =>
      [Action].flat().some((action) => !/:(Describe|Get|List)/.test(action)),
    );
    expect(writing.length).toBeGreaterThan(0);
    for (const { Effect, Condition, Resource } of writing) {
      if (Effect === 'Deny') continue;
      expect(Condition?.StringEquals).toMatchObject({ 'aws:ResourceTag/chaos:opt-in': 'true' });
      expect(Resource).not.toContain('*');
    }
  });

  test('lets nobody opt anything in, take more rights, or pass a role on', async () => {
    for (const action of [
      'ec2:CreateTags',
      'autoscaling:CreateOrUpdateTags',
      'iam:PutRolePolicy',
      'iam:AttachRolePolicy',
      'iam:PassRole',
      'sts:AssumeRole',
      'ec2:RunInstances',
      'autoscaling:DeleteAutoScalingGroup',
    ]) {
      expect(JSON.stringify(rolePolicy)).not.toContain(action);
    }
  });
});
