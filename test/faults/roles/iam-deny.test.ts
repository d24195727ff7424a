import { expect, test } from 'vitest';
import type { LastingFault } from '#core/model/fault.ts';
import { faults } from '#faults/registry.ts';
import { aTargetFor } from '../../support/a-target-for.ts';
import { isAllowed } from '../../support/iam-evaluator.ts';
import { account, aStrikeWorld, optIn } from '../lasting/a-strike-world.ts';

const fault = faults.get('iam-deny') as LastingFault;

test.each([
  'aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS',
  'aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_0123456789abcdef',
])('does not fit a role that only its AWS service can change: %s', (name) => {
  const target = aTargetFor(fault);
  expect(fault.unfit?.(target, {})).toBeUndefined();
  const role = `arn:aws:iam::${account}:role/${name}`;
  expect(fault.unfit?.({ ...target, arns: { role } }, {})).toMatch(/AWS service/);
});

test.each(['iam:AttachRolePolicy', 'iam:DetachRolePolicy'])(
  'lets its roles do %s with its own policy, and with no other',
  async (action) => {
    const { roles } = aStrikeWorld(fault);
    const may = (role: 'target' | 'undo', policy: string, tags: Readonly<Record<string, string>> = optIn) =>
      isAllowed({
        ...{ action, tags, region: 'us-east-1', context: { 'iam:PolicyARN': policy } },
        role: `arn:aws:iam::${account}:role/chaos-monkey-${role}`,
        resource: `arn:aws:iam::${account}:role/checkout`,
        identityPolicies: [roles[role]],
      });
    const ours = `arn:aws:iam::${account}:policy/chaos-deny-data`;
    const detaches = action === 'iam:DetachRolePolicy';
    expect(await may('target', ours)).toBe(true);
    expect(await may('undo', ours)).toBe(detaches);
    expect(await may('undo', ours, { 'chaos:opt-in': 'false' })).toBe(detaches);
    for (const role of ['target', 'undo'] as const) {
      expect(await may(role, ours, {})).toBe(false);
      expect(await may(role, ours, { ...optIn, 'chaos:control-plane': 'true' })).toBe(false);
      for (const other of [`${ours}-2`, 'arn:aws:iam::aws:policy/AdministratorAccess']) {
        expect(await may(role, other)).toBe(false);
      }
    }
  },
);
