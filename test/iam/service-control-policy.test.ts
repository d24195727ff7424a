import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isAllowed } from '../support/iam-evaluator.ts';

const page = readFileSync(new URL('../../SECURITY.md', import.meta.url), 'utf8');
const [, text = ''] = /```json\n(.*?)```/s.exec(page) ?? [];
const serviceControlPolicy = JSON.parse(text);

const account = '222222222222';
const role = (name: string) => `arn:aws:iam::${account}:role/${name}`;
const instance = `arn:aws:ec2:eu-west-1:${account}:instance/i-0123456789abcdef0`;
const group = `arn:aws:autoscaling:eu-west-1:${account}:autoScalingGroup:9a7b:autoScalingGroupName/web`;
/** Whoever this is may do anything, as far as their account goes. */
const identityPolicies = [
  { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
];

const may = (by: string, action: string, tagKeys: readonly string[] | undefined) =>
  isAllowed({
    role: role(by),
    action,
    resource: action.startsWith('ec2:') ? instance : group,
    region: 'eu-west-1',
    identityPolicies,
    serviceControlPolicy,
    context: tagKeys === undefined ? {} : { 'aws:TagKeys': [...tagKeys] },
  });

const tagging = [
  'autoscaling:CreateAutoScalingGroup',
  'autoscaling:CreateOrUpdateTags',
  'autoscaling:DeleteTags',
  'ec2:CreateTags',
  'ec2:DeleteTags',
];

describe('the service control policy of SECURITY.md', () => {
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
