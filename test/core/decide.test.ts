import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseTarget, decideGroup, type Grounds } from '#core/decide.ts';
import { draws } from '#core/draw.ts';
import type { Group, InspectedInstance } from '#core/group.ts';
import { faults } from '#faults/registry.ts';
import { aConfig } from '../support/a-config.ts';
import { aGroup, aMember, inspectionOf } from '../support/a-group.ts';

const config = aConfig();

function grounds(overrides: Partial<Grounds> = {}): Grounds {
  return {
    config,
    faults,
    request: { force: false, fault: undefined },
    draws: draws('secret', '2026-11-23T09:00:00Z'),
    ...overrides,
  };
}

const optedIn = { 'chaos:opt-in': 'true' };

describe('decideGroup', () => {
  test('strikes a healthy group that was drawn, and says what was drawn', () => {
    const { decision, drawn } = decideGroup(aGroup(), grounds());
    expect(decision).toMatchObject({
      group: '222222222222/eu-west-1/asg/web',
      verdict: 'strike',
      reason: { code: 'drawn', text: expect.stringMatching(/^drew 0\.\d{4}, a strike is below 1$/) },
      probability: 1,
      drawn: expect.any(Number),
    });
    expect(drawn?.fault).toEqual({ name: 'ec2-terminate', parameters: { via: 'ec2' } });
  });

  test('a probability of 0 never strikes, and 1 always does', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1 }), (slot, name) => {
        const verdict = (probability: string) =>
          decideGroup(
            aGroup({ name, tags: { ...optedIn, 'chaos:probability': probability } }),
            grounds({ draws: draws('secret', slot) }),
          ).decision.verdict;
        expect(verdict('0')).toBe('spare');
        expect(verdict('1')).toBe('strike');
      }),
    );
  });

  test('strikes at the rate it was given, within four standard deviations over 20,000 slots', () => {
    const [slots, p] = [20_000, 1 / 6];
    const config = aConfig({ probability: p });
    let strikes = 0;
    for (let slot = 0; slot < slots; slot += 1) {
      const { decision } = decideGroup(aGroup(), { ...grounds(), config, draws: draws('secret', `${slot}`) });
      if (decision.verdict === 'strike') strikes += 1;
    }
    expect(Math.abs(strikes - slots * p)).toBeLessThan(4 * Math.sqrt(slots * p * (1 - p)));
  });

  test('the same slot decides the same', () => {
    const group = aGroup({ tags: { ...optedIn, 'chaos:probability': '0.5' } });
    expect(decideGroup(group, grounds())).toEqual(decideGroup(group, grounds()));
  });

  test('force skips the draw and says so', () => {
    const group = aGroup({ tags: { ...optedIn, 'chaos:probability': '0.0001' } });
    const { decision } = decideGroup(group, grounds({ request: { force: true, fault: undefined } }));
    expect(decision).toEqual({
      group: group.key,
      verdict: 'strike',
      reason: { code: 'forced', text: expect.any(String) },
    });
  });

  const degraded = aGroup({ desired: 4 });
  const lonely = aGroup({ members: [aMember()] });
  test.each<[string, Group, string, string]>([
    ['below its desired capacity', degraded, 'group-degraded', '3 of 4 desired instances are healthy'],
    ['with a single instance', lonely, 'too-few-healthy', '1 healthy, at least 2 are needed'],
    ['without instances', aGroup({ members: [] }), 'too-few-healthy', '0 healthy, at least 2 are needed'],
    [
      'whose owner said never',
      aGroup({ tags: { ...optedIn, 'chaos:probability': '0' } }),
      'probability-zero',
      'its probability is 0: never',
    ],
    [
      'whose healthy members weigh less than it desires',
      aGroup({
        desired: 8,
        members: [aMember({ capacity: 4 }), aMember({ capacity: 2 }), aMember({ capacity: 1 })],
      }),
      'group-degraded',
      '7 of 8 desired units of capacity are healthy',
    ],
    ['that is not opted in', aGroup({ tags: {} }), 'not-opted-in', 'the group has no tag chaos:opt-in=true'],
    [
      'whose opt-in says something else',
      aGroup({ tags: { 'chaos:opt-in': 'True' } }),
      'not-opted-in',
      'the group has no tag chaos:opt-in=true',
    ],
    [
      'with a bad probability',
      aGroup({ tags: { ...optedIn, 'chaos:probability': 'often' } }),
      'bad-tag',
      'chaos:probability="often": expected a number from 0 to 1, such as 0.25 or 1/6',
    ],
    [
      'with an unknown fault',
      aGroup({ tags: { ...optedIn, 'chaos:faults': 'ec2-stop ec2-melt' } }),
      'bad-tag',
      'chaos:faults="ec2-stop ec2-melt": expected names out of ec2-terminate, ec2-stop, ec2-reboot',
    ],
    [
      'with an empty list of faults',
      aGroup({ tags: { ...optedIn, 'chaos:faults': ' ' } }),
      'bad-tag',
      'chaos:faults=" ": expected names out of ec2-terminate, ec2-stop, ec2-reboot',
    ],
    [
      'whose instances disagree about a tag',
      aGroup({ conflictingTags: ['chaos:probability'] }),
      'bad-tag',
      'its instances disagree about chaos:probability',
    ],
  ])('spares a group %s, force or not', (_, group, code, text) => {
    for (const force of [false, true]) {
      const { decision, drawn } = decideGroup(group, grounds({ request: { force, fault: undefined } }));
      expect(decision).toMatchObject({ verdict: 'spare', reason: { code, text } });
      expect(drawn).toBeUndefined();
    }
  });

  test('strikes a weighted group whose few members carry all that it desires', () => {
    const group = aGroup({ desired: 6, members: [aMember({ capacity: 4 }), aMember({ capacity: 2 })] });
    expect(decideGroup(group, grounds()).decision.verdict).toBe('strike');
  });

  test('names every guard that refuses', () => {
    const { decision } = decideGroup(aGroup({ members: [aMember()], desired: 2 }), grounds());
    expect([decision.reason, ...(decision.also ?? [])].map(({ code }) => code)).toEqual([
      'too-few-healthy',
      'group-degraded',
    ]);
  });

  test('a disagreement about a tag that decides nothing is no matter', () => {
    const { decision } = decideGroup(aGroup({ conflictingTags: ['chaos:opt-in'] }), grounds());
    expect(decision.verdict).toBe('strike');
  });

  test('an enabled fault that the tag names is used, each equally often', () => {
    const group = aGroup({ tags: { ...optedIn, 'chaos:faults': 'ec2-stop, ec2-reboot' } });
    const names = Array.from(
      { length: 2_000 },
      (_, slot) => decideGroup(group, grounds({ draws: draws('secret', `${slot}`) })).drawn?.fault.name,
    );
    const stops = names.filter((name) => name === 'ec2-stop').length;
    expect(names.filter((name) => name === 'ec2-reboot')).toHaveLength(2_000 - stops);
    expect(Math.abs(stops - 1_000)).toBeLessThan(4 * Math.sqrt(500));
  });

  test('the request chooses the fault, within what the tag allows', () => {
    const fault = { name: 'ec2-reboot', parameters: {} };
    const request = { force: true, fault };
    const tagged = (faults: string) =>
      decideGroup(aGroup({ tags: { ...optedIn, 'chaos:faults': faults } }), grounds({ request }));
    expect(decideGroup(aGroup(), grounds({ request })).drawn?.fault).toBe(fault);
    expect(tagged('ec2-stop ec2-reboot').drawn?.fault).toBe(fault);
    expect(tagged('ec2-stop').decision.reason).toEqual({
      code: 'fault-not-allowed',
      text: 'ec2-reboot was asked for, and its tag says chaos:faults="ec2-stop"',
    });
    expect(tagged('no-such-fault').decision.reason.code).toBe('bad-tag');
  });

  test('the request need not repeat what the tag says', () => {
    const group = aGroup({ tags: { ...optedIn, 'chaos:faults': 'ec2-reboot' } });
    const fault = { name: 'ec2-reboot', parameters: {} };
    expect(decideGroup(group, grounds({ request: { force: false, fault } })).drawn?.fault).toBe(fault);
  });
});

describe('chooseTarget', () => {
  const fault = { name: 'ec2-terminate', parameters: { via: 'ec2' } };
  const choose = (group: Group, inspected: readonly InspectedInstance[], with_ = fault, on = grounds()) =>
    chooseTarget(group, with_, decideGroup(group, on).decision, inspected, on);

  test('gives an order on one of the instances, with the ARNs that its session needs', () => {
    const group = aGroup();
    const { order, decision } = choose(group, inspectionOf(group));
    expect(decision.verdict).toBe('strike');
    expect(group.members.map(({ instanceId }) => instanceId)).toContain(order?.target.instanceId);
    expect(order).toMatchObject({
      fault,
      target: {
        account: '222222222222',
        region: 'eu-west-1',
        group: group.key,
        autoScalingGroup: 'web',
        arns: {
          instance: `arn:aws:ec2:eu-west-1:222222222222:instance/${order?.target.instanceId}`,
          autoScalingGroup: group.arn,
        },
      },
    });
  });

  test('each instance is equally likely', () => {
    const group = aGroup();
    const counts = new Map<string | undefined, number>();
    for (let slot = 0; slot < 9_000; slot += 1) {
      const { order } = choose(group, inspectionOf(group), fault, grounds({ draws: draws('s', `${slot}`) }));
      counts.set(order?.target.instanceId, (counts.get(order?.target.instanceId) ?? 0) + 1);
    }
    expect(counts.size).toBe(3);
    for (const count of counts.values()) expect(Math.abs(count - 3_000)).toBeLessThan(4 * Math.sqrt(2_000));
  });

  test('never one that is not running, not healthy, unknown to EC2 or without the opt-in tag', () => {
    const view = fc.record({
      healthy: fc.boolean(),
      state: fc.constantFrom('running', 'pending', 'stopping', 'shutting-down', undefined),
      tag: fc.constantFrom('true', 'false', undefined),
    });
    fc.assert(
      fc.property(fc.array(view, { minLength: 1, maxLength: 6 }), fc.string(), (views, slot) => {
        const members = views.map(({ healthy }, index) => aMember({ instanceId: `i-${index}`, healthy }));
        const group = aGroup({ members, desired: 0 });
        const inspected = inspectionOf(group).flatMap((instance, index): InspectedInstance[] => {
          const { state, tag } = views[index] ?? {};
          if (state === undefined) return [];
          return [{ ...instance, state, tags: tag === undefined ? {} : { 'chaos:opt-in': tag } }];
        });
        const up = views.filter(({ healthy, state }) => healthy && state === 'running');
        const eligible = up.filter(({ tag }) => tag === 'true');
        const { order, decision } = choose(
          group,
          inspected,
          fault,
          grounds({ draws: draws('secret', slot), request: { force: true, fault: undefined } }),
        );
        expect(decision.verdict).toBe(order === undefined ? 'spare' : 'strike');
        expect(order !== undefined).toBe(up.length > 1 && eligible.length > 0);
        if (order !== undefined) {
          expect(eligible).toContain(views[Number(order.target.instanceId.slice(2))]);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('what EC2 shows as going away counts against the group', () => {
    const group = aGroup();
    const goingAway = inspectionOf(group, ({ zone }) =>
      zone === 'eu-west-1a' ? { state: 'shutting-down' } : {},
    );
    expect(choose(group, goingAway).decision).toMatchObject({
      verdict: 'spare',
      reason: { code: 'group-degraded', text: '2 of 3 desired instances are healthy' },
    });
  });

  test('spares a group none of whose instances opted in themselves, and names them', () => {
    const group = aGroup();
    const { decision, order } = choose(
      group,
      inspectionOf(group, () => ({ tags: {} })),
    );
    expect(order).toBeUndefined();
    expect(decision.reason).toEqual({
      code: 'instance-not-opted-in',
      text:
        'no instance is eligible: i-web-a: no tag chaos:opt-in=true on it; ' +
        'i-web-b: no tag chaos:opt-in=true on it; i-web-c: no tag chaos:opt-in=true on it',
    });
  });

  test('spares a standalone instance that is to be terminated through an Auto Scaling group', () => {
    const group = aGroup({ kind: 'tag' });
    const viaGroup = { name: 'ec2-terminate', parameters: { via: 'autoscaling' } };
    expect(choose(group, inspectionOf(group), viaGroup).decision.reason).toEqual({
      code: 'fault-unfit',
      text: 'ec2-terminate: a standalone instance cannot be terminated via autoscaling',
    });
  });
});
