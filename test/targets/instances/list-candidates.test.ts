import { describe, expect, test } from 'vitest';
import { listCandidates } from '#targets/instances/list-candidates.ts';
import type { InspectedInstance } from '#targets/instances/model.ts';
import { aGroup, aMember, inspectionOf } from '../../support/a-group.ts';
import { anInspection } from '../../support/a-guard-context.ts';

const group = aGroup({ members: [aMember()] });
const targetOf = (overrides: Partial<InspectedInstance> = {}) =>
  listCandidates(group, anInspection(group, { instances: inspectionOf(group, () => overrides) }))[0]?.target;
const ordinary = { zone: 'eu-west-1a', autoScalingGroup: 'web' };

describe('the facts of a target', () => {
  test.each([
    ['an On-Demand Instance on EBS', {}, {}],
    ['one whose root device EC2 does not name', { rootDevice: undefined }, {}],
    ['one on instance store', { rootDevice: 'instance-store' }, { rootDevice: 'instance-store' }],
    ['a Spot Instance', { purchase: 'spot' }, { purchase: 'spot' }],
    ['one that a service manages', { managedBy: 'eks.amazonaws.com' }, { managedBy: 'eks.amazonaws.com' }],
  ])('say what sets it apart: %s', (_, overrides, facts) => {
    expect(targetOf(overrides)?.facts).toEqual({ ...ordinary, ...facts });
  });

  test('are unknown without an inspection, and of an instance that EC2 does not know', () => {
    expect(listCandidates(group).map(({ target }) => target)).toEqual([undefined]);
    expect(listCandidates(group, anInspection(group, { instances: [] }))[0]?.target).toBeUndefined();
  });
});
