import { describe, expect, test } from 'vitest';
import { withEc2State } from '#targets/instances/merge-ec2-state.ts';
import { aGroup, aMember, inspectionOf } from '../../support/a-group.ts';

describe('inEc2View', () => {
  test('a group whose members all run is as it is listed', () => {
    expect(withEc2State(aGroup(), inspectionOf(aGroup()))).toEqual(aGroup());
  });

  test.each(['pending', 'stopping', 'stopped', 'shutting-down', 'terminated'])(
    'a member that EC2 calls %s is not healthy, and says both',
    (state) => {
      const { members } = withEc2State(aGroup(), [
        ...inspectionOf(aGroup()).slice(1),
        { instanceId: 'i-web-a', state },
      ]);
      expect(members.map(({ healthy }) => healthy)).toEqual([false, true, true]);
      expect(members[0]?.state).toBe(`InService/Healthy, but ${state} in EC2`);
    },
  );

  test('nor is one that EC2 does not know', () => {
    const [member] = withEc2State(aGroup({ members: [aMember()] }), []).members;
    expect(member).toMatchObject({ healthy: false, state: 'InService/Healthy, but unknown in EC2' });
  });

  test('a member that its group calls unhealthy stays so, in its words', () => {
    const sick = aMember({ healthy: false, state: 'InService/Unhealthy' });
    const group = aGroup({ members: [sick] });
    expect(withEc2State(group, inspectionOf(group)).members).toEqual([sick]);
  });
});
