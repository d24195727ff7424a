import { Tags } from 'aws-cdk-lib';
import { describe, expect, test } from 'vitest';
import { rolePolicy, undoRolePolicy } from '#core/permissions/role-policies.ts';
import { faults } from '#faults/registry.ts';
import { undoStacks } from '#target-role/undo-stacks.ts';
import { kinds } from '#targets/registry.ts';
import { aConfig } from '../support/a-config.ts';
import { aScheduleScope } from '../support/a-schedule-scope.ts';
import { contextFor } from '../support/every-fault-choice.ts';
import { isAllowed } from '../support/iam-evaluator.ts';
import { resolvedArns } from '../support/resolved-template.ts';
import { anApp, masterStack, targetStack, templateOf } from '../support/synth.ts';

const account = '111111111111';
const region = 'eu-west-1';
const config = aConfig({
  accounts: [account],
  faults: [...faults.keys()],
  notifications: { emails: ['sre@example.com'], slack: { parameter: '/chaos/slack-webhook' } },
  gates: { alarms: { organization: ['checkout-errors'] } },
});
const scope = {
  ...aScheduleScope,
  account,
  regions: config.regions,
  optIn: config.tags.optIn,
  kinds,
  faults: [...faults.values()],
};
const policies = { strike: rolePolicy(scope), undo: undoRolePolicy(scope) };

/** Every stack of ours in one account, each opted in as a whole, as `cdk deploy --tags chaos:opt-in=true` does. */
const [target] = config.accounts;
if (target === undefined) throw new Error('there is no target');
const app = anApp();
const stacks = [
  masterStack(config),
  targetStack(config, account),
  ...undoStacks(app, { config, faults, target }),
];
for (const stack of stacks) Tags.of(stack).add(config.tags.optIn.key, config.tags.optIn.value);
const resources = stacks.flatMap((stack) => resolvedArns(templateOf(stack), { account, region }));

const changes = [...faults.values()].flatMap(({ permissions, kind }) =>
  permissions.flatMap((permission) => {
    const { action, on } = permission;
    const pattern = kinds.find((one) => one.kind === kind)?.arnPatterns[on as never] as
      | ((place: object) => string)
      | undefined;
    if (pattern === undefined || /:(GET$|(Get|List|Describe)[A-Z])/.test(action)) return [];
    const place = { partition: 'aws', account };
    return [{ action, context: contextFor(permission, place), pattern: pattern(place) }];
  }),
);
const matches = (pattern: string, arn: string) =>
  new RegExp(`^${pattern.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`).test(arn);
const attempts = changes.flatMap(({ action, context, pattern }) =>
  resources.filter(({ arn }) => matches(pattern, arn)).map((resource) => ({ action, context, ...resource })),
);

describe('what is ours is no target, though all of it was opted in', () => {
  const ask = ({ action, context, arn }: (typeof attempts)[number], tags: Readonly<Record<string, string>>) =>
    Promise.all(
      Object.values(policies).map((policy) =>
        isAllowed({
          role: `arn:aws:iam::${account}:role/any`,
          action,
          resource: arn,
          region: action.startsWith('iam:') ? 'us-east-1' : region,
          tags,
          context,
          identityPolicies: [policy],
        }),
      ),
    );

  test('there is something that it could be done to', () => {
    expect(attempts.map(({ arn }) => arn)).toEqual(
      expect.arrayContaining(
        ['chaos_monkey', 'chaos_janitor', 'chaos_notifier'].map((name) => expect.stringContaining(name)),
      ),
    );
    expect(attempts.every(({ tags }) => tags['chaos:opt-in'] === 'true')).toBe(true);
  });

  test.each(attempts)('$action on $arn', async (attempt) => {
    expect(await ask(attempt, attempt.tags)).toEqual([false, false]);
    // It is the tag that keeps it from that, and nothing that would be so anyway.
    expect((await ask(attempt, { 'chaos:opt-in': 'true' })).includes(true)).toBe(true);
  });
});

describe('what CDK was bootstrapped with is no target, though it was opted in', () => {
  const names = ['cdk-hnb659fds-cfn-exec-role-111111111111-eu-west-1', 'cdk-hnb659fds-assets-111111111111'];
  const [role, bucket] = [`arn:aws:iam::${account}:role/`, 'arn:aws:s3:::'];
  const attacked = changes
    .flatMap(({ action, context, pattern }) =>
      [role, bucket].includes(pattern.replace('*', '')) ? [{ action, context, pattern }] : [],
    )
    .flatMap((one) => names.map((name) => ({ ...one, name })));

  test('there is something that it could be done to', () => {
    expect(new Set(attacked.map(({ action }) => action))).toEqual(
      new Set([
        ...['iam:AttachRolePolicy', 'iam:DetachRolePolicy'],
        ...['s3:DeleteBucketPolicy', 's3:PutBucketCORS', 's3:PutBucketPolicy'],
      ]),
    );
  });

  test.each(attacked)('$action on $name', async ({ action, context, pattern, name }) => {
    const may = (named: string) =>
      Promise.all(
        Object.values(policies).map((policy) =>
          isAllowed({
            role: `arn:aws:iam::${account}:role/any`,
            action,
            resource: pattern.replace('*', named),
            region: action.startsWith('iam:') ? 'us-east-1' : region,
            tags: { 'chaos:opt-in': 'true' },
            context,
            identityPolicies: [policy],
          }),
        ),
      );
    expect(await may(name)).toEqual([false, false]);
    expect((await may('checkout')).includes(true)).toBe(true);
  });
});
