import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeCalendar } from '#core/calendar/make-calendar.ts';
import { evaluate } from '#core/decide/evaluate.ts';
import type { Evaluation, Evidence } from '#core/decide/evidence.ts';
import type { LedgerState } from '#core/model/group-record.ts';
import { available, unavailable } from '#core/util/lookup.ts';
import {
  type InspectedInstance,
  type InstanceGroup,
  type Member,
  protections,
} from '#targets/instances/model.ts';
import { aConfig } from '../../support/a-config.ts';
import { aDecisionContext, slotAt } from '../../support/a-decision-context.ts';
import { aGroup, aMember, inspectionOf } from '../../support/a-group.ts';
import { aGroupRecord, aLedgerState, anInspection, aStrikeEntry } from '../../support/a-guard-context.ts';
import { countsOf, unevenness } from '../../support/chi-squared.ts';

const optedIn = { 'chaos:opt-in': 'true' };
/** Made once, for tests that choose thousands of times. */
const config = aConfig();
const fixed = { config, calendar: makeCalendar(config) };
const monday = slotAt('2026-11-23T09:00:00Z');
/** Those of the app `shop`. */
const ofShop = {
  ok: true,
  value: [{ scope: 'app', of: 'shop', over: 'unverified', max: 1, used: 0 }],
} as const;
const inSlot = (id: string) => aDecisionContext({ ...fixed, slot: { id, at: monday.at } });

interface About extends LedgerState, Required<Pick<Evidence, 'inspection' | 'protections'>> {}

/** What comes of a group that nothing stands against, unless told otherwise. */
function choose(
  group: InstanceGroup,
  about: Partial<About> = {},
  context = aDecisionContext(fixed),
): Evaluation {
  const { inspection = anInspection(group), protections = new Map(), ...ledger } = about;
  return evaluate(group, { ledger: aLedgerState(ledger), inspection, protections }, context);
}

const inspectedAs = (group: InstanceGroup, as: (member: Member) => Partial<InspectedInstance>) => ({
  inspection: anInspection(group, { instances: inspectionOf(group, as) }),
});
const victimOf = (...given: Parameters<typeof choose>) => choose(...given).order?.target.id;
const codesOf = ({ decision: { reason, also = [] } }: Evaluation) =>
  [reason, ...also].map(({ code }) => code);

describe('evaluate, of an inspected group', () => {
  test('an order of a group whose app tag is empty is of no app', () => {
    const { order } = choose(aGroup({ tags: { ...optedIn, 'chaos:app': '' } }));
    expect(order?.app).toBeUndefined();
  });

  test('gives an order on one of the instances, with the ARNs that its session needs', () => {
    const group = aGroup({ tags: { ...optedIn, 'chaos:app': 'shop' } });
    const { order, decision } = choose(group, {
      record: available(aGroupRecord({ version: 7 })),
      budgets: ofShop,
    });
    expect(decision.verdict).toBe('strike');
    expect(group.members.map(({ instanceId }) => instanceId)).toContain(order?.target.id);
    expect(order).toEqual({
      fault: { name: 'ec2-terminate', parameters: { via: 'ec2' } },
      app: 'shop',
      healthy: 3,
      version: 7,
      target: {
        kind: 'ec2-instance',
        id: order?.target.id,
        account: '222222222222',
        region: 'eu-west-1',
        group: group.key,
        facts: { zone: 'eu-west-1a', autoScalingGroup: 'web' },
        arns: {
          instance: `arn:aws:ec2:eu-west-1:222222222222:instance/${order?.target.id}`,
          autoScalingGroup: group.arn,
        },
      },
    });
  });

  test('a standalone instance is in no Auto Scaling group', () => {
    expect(choose(aGroup({ kind: 'tag' })).order?.target).toMatchObject({
      facts: { zone: 'eu-west-1a' },
      arns: { instance: expect.stringMatching(/:instance\/i-web-/) },
    });
  });

  test('healthy is the capacity that EC2 shows as running', () => {
    const members = [4, 2, 1].map((capacity, index) => aMember({ instanceId: `i-${index}`, capacity }));
    const group = aGroup({ members, desired: 6 });
    const looked = inspectedAs(group, ({ capacity }) => (capacity === 1 ? { state: 'stopping' } : {}));
    expect(choose(group, looked).order?.healthy).toBe(6);
  });

  test('each instance is equally likely', () => {
    const group = aGroup();
    const ids = group.members.map(({ instanceId }) => instanceId);
    const victims = Array.from({ length: 2_400 }, (_, slot) => victimOf(group, {}, inSlot(`${slot}`)));
    expect(unevenness(countsOf(ids, victims))).toBeLessThan(1);
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
        const instances = inspectionOf(group).flatMap((instance, index): InspectedInstance[] => {
          const { state, tag } = views[index] ?? {};
          if (state === undefined) return [];
          return [{ ...instance, state, tags: tag === undefined ? {} : { 'chaos:opt-in': tag } }];
        });
        const up = views.filter(({ healthy, state }) => healthy && state === 'running');
        const eligible = up.filter(({ tag }) => tag === 'true');
        const { order, decision } = choose(
          group,
          { inspection: anInspection(group, { instances }) },
          inSlot(slot),
        );
        expect(decision.verdict).toBe(order === undefined ? 'spare' : 'strike');
        expect(order !== undefined).toBe(up.length > 1 && eligible.length > 0);
        if (order !== undefined) {
          expect(eligible).toContain(views[Number(order.target.id.slice(2))]);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('what EC2 shows as going away counts against the group', () => {
    const group = aGroup();
    const goingAway = inspectedAs(group, ({ instanceId }) =>
      instanceId === 'i-web-a' ? { state: 'shutting-down' } : {},
    );
    expect(choose(group, goingAway).decision).toMatchObject({
      verdict: 'spare',
      reason: { code: 'group-degraded', text: '2 of 3 desired instances are healthy' },
      // What was drawn stays on record.
      probability: 1,
      drawn: expect.any(Number),
    });
  });

  test('names the first guard that refuses, and the others beside it', () => {
    const group = aGroup();
    const chosen = choose(group, {
      inspection: anInspection(group, {
        instances: inspectionOf(group, () => ({ state: 'stopped' })),
        refreshes: available(['4f1c InProgress']),
        activities: unavailable('Rate exceeded'),
      }),
    });
    expect(chosen.order).toBeUndefined();
    expect(codesOf(chosen)).toEqual([
      'too-few-healthy',
      'min-healthy',
      'group-degraded',
      'instance-refresh',
      'scaling-activity',
    ]);
    expect(chosen.decision.also).toContainEqual({
      code: 'scaling-activity',
      text: 'could not be checked: Rate exceeded',
    });
  });

  test('names what the ledger has against the group before what an inspection shows', () => {
    const leash = { reason: 'flaky', by: 'ann', at: '2026-11-20T09:00:00Z' };
    const last = { slot: 'adhoc/1', day: '2026-11-23', at: '2026-11-23T08:59:00.000Z' };
    const group = aGroup();
    const chosen = choose(
      group,
      {
        ...inspectedAs(group, () => ({ state: 'stopped' })),
        record: available(aGroupRecord({ leash, last })),
      },
      aDecisionContext({ config: aConfig({ guards: { cooldownMinutes: 2 } }) }),
    );
    expect(codesOf(chosen)).toEqual(['leashed-group', 'cooldown']);
  });

  describe('of a group that is listed otherwise by the time it is inspected', () => {
    const relisted = (
      changed: Partial<InstanceGroup> | 'gone',
      context?: ReturnType<typeof aDecisionContext>,
    ) => {
      const group = aGroup();
      const now = changed === 'gone' ? undefined : { ...group, ...changed };
      return choose(group, { inspection: anInspection(group, { group: now }) }, context);
    };

    test.each<[string, Partial<InstanceGroup>, string]>([
      ['its opt-in was taken away', { tags: {} }, 'not-opted-in'],
      ['its owner said never', { tags: { ...optedIn, 'chaos:probability': '0' } }, 'probability-zero'],
      [
        'its draw is above its new rate',
        { tags: { ...optedIn, 'chaos:probability': '0.0000001' } },
        'not-drawn',
      ],
      ['more instances are wanted', { desired: 4 }, 'group-degraded'],
      [
        'it is of another app: its budgets were not read',
        { tags: { ...optedIn, 'chaos:app': 'shop' } },
        'budget-exhausted',
      ],
      ['launching was suspended', { suspendedProcesses: ['Launch'] }, 'replacement-suspended'],
    ])('spares it where %s', (_, changed, code) => {
      const { order, decision } = relisted(changed);
      expect(order).toBeUndefined();
      expect(decision).toMatchObject({ verdict: 'spare', reason: { code } });
    });

    test('spares it where it is gone, and keeps what was drawn', () => {
      const { order, decision } = relisted('gone');
      expect(order).toBeUndefined();
      expect(decision).toMatchObject({
        verdict: 'spare',
        reason: { code: 'gone', text: 'it was gone when it was inspected' },
        probability: 1,
        drawn: expect.any(Number),
      });
    });

    test('chooses among the instances of now, and counts them', () => {
      const [a, b] = [aMember({ instanceId: 'i-new-a' }), aMember({ instanceId: 'i-new-b' })];
      const now = aGroup({ members: [a, b], desired: 2 });
      const { order } = choose(aGroup(), { inspection: anInspection(now) });
      expect(order?.target.id).toMatch(/^i-new-/);
      expect(order?.healthy).toBe(2);
    });

    test('strikes with what its tags say now', () => {
      const { order } = relisted({ tags: { ...optedIn, 'chaos:faults': 'ec2-stop' } });
      expect(order).toMatchObject({ fault: { name: 'ec2-stop' } });
    });
  });

  test('spares where the ledger does not say how much of its budgets is used', () => {
    const chosen = choose(aGroup(), { budgets: unavailable('table gone') });
    expect(chosen.order).toBeUndefined();
    expect(chosen.decision.reason).toEqual({
      code: 'budget-exhausted',
      text: 'could not be checked: table gone',
    });
  });

  test('spares where the ledger does not say what stands about the group', () => {
    const chosen = choose(aGroup(), { record: unavailable('table gone') });
    expect(chosen.order).toBeUndefined();
    expect(chosen.decision).toMatchObject({
      verdict: 'spare',
      reason: { code: 'vetoed', text: 'could not be checked: table gone' },
    });
    expect(codesOf(chosen)).toEqual(['vetoed', 'leashed-group', 'cooldown']);
  });

  test('spares where the ledger does not say which strikes are open', () => {
    const chosen = choose(aGroup(), {}, aDecisionContext({ ...fixed, open: unavailable('table gone') }));
    expect(chosen.order).toBeUndefined();
    expect(chosen.decision.reason).toEqual({
      code: 'strike-unverified',
      text: 'could not be checked: table gone',
    });
  });

  describe('of a group that was struck in this slot already', () => {
    const last = { slot: monday.id, day: '2026-11-23', at: '2026-11-23T09:00:05.000Z' };
    const record = available(aGroupRecord({ last }));

    test('says so before any guard, and names the strike that stands', () => {
      const open = {
        ok: true as const,
        value: [aStrikeEntry({ group: 'another', runId: 'another' }), aStrikeEntry()],
      };
      const group = aGroup();
      const stopped = inspectedAs(group, () => ({ state: 'stopped' }));
      const { decision, order } = choose(group, { ...stopped, record }, aDecisionContext({ ...fixed, open }));
      expect(order).toBeUndefined();
      expect(decision.reason).toEqual({
        code: 'already-claimed',
        text: 'run 20261123T090000Z-00000001 has this slot: i-web-a, succeeded',
      });
      expect(decision).not.toHaveProperty('also');
    });

    test.each([
      ['is verified by now', available([])],
      ['is not known to be open', unavailable('table gone')],
    ])('needs no name for a strike that %s', (_, open) => {
      const { decision } = choose(aGroup(), { record }, aDecisionContext({ ...fixed, open }));
      expect(decision.reason).toEqual({ code: 'already-claimed', text: 'it has been struck in this slot' });
    });
  });

  test('force skips neither min-days, nor a veto, a leash, a cooldown or an unverified strike', () => {
    const last = { slot: 'adhoc/1', day: '2026-11-23', at: '2026-11-23T08:59:00.000Z' };
    const by = { reason: 'release', by: 'ann', at: '2026-11-20T09:00:00Z' };
    const record = aGroupRecord({ last, leash: by, veto: { ...by, until: '2026-11-24T09:00:00Z' } });
    const inDays = aConfig({ rate: { meanDays: 3 }, guards: { minGroupAgeMinutes: 0, cooldownMinutes: 2 } });
    const context = aDecisionContext({ config: inDays, force: true, open: available([aStrikeEntry()]) });
    const chosen = choose(aGroup(), { record: available(record) }, context);
    expect(codesOf(chosen)).toEqual(['vetoed', 'leashed-group', 'min-days', 'cooldown', 'strike-unverified']);
  });

  test('with a rate in days it is the same instance all day, and another on other days', () => {
    const inDays = aConfig({ rate: { meanDays: 1 } });
    const group = aGroup({ members: Array.from({ length: 9 }, (_, n) => aMember({ instanceId: `i-${n}` })) });
    const victimAt = (time: string) =>
      victimOf(group, {}, aDecisionContext({ config: inDays, force: true, slot: slotAt(time) }));
    const all = ['23', '24', '25', '26', '27'].map((day) => {
      const early = victimAt(`2026-11-${day}T09:00:00Z`);
      expect(victimAt(`2026-11-${day}T15:00:00Z`)).toBe(early);
      return early;
    });
    expect(new Set(all).size).toBeGreaterThan(1);
  });

  describe.each(protections)('where instances are protected from %s', (from) => {
    const members = Array.from({ length: 5 }, (_, n) => aMember({ instanceId: `i-${n}` }));
    const group = aGroup({ members });
    const guarded = (ids: readonly (string | undefined)[], isProtected = true) => ({
      protections: new Map(ids.map((id) => [id ?? '', available(isProtected ? [from] : [])])),
    });

    test('takes the next in rank, and what is chosen among the rest does not change', () => {
      fc.assert(
        fc.property(fc.string(), fc.subarray(members), (slot, others) => {
          const first = victimOf(group, {}, inSlot(slot));
          const ids = others.map(({ instanceId }) => instanceId);
          // Others that are protected do not matter.
          expect(victimOf(group, guarded(ids.filter((id) => id !== first)), inSlot(slot))).toBe(first);
          // Without the first it is whoever would be chosen if the first did not exist.
          const next = victimOf(group, guarded([first]), inSlot(slot));
          const without = aGroup({ members: members.filter(({ instanceId }) => instanceId !== first) });
          expect(next).not.toBe(first);
          expect(next).toBe(victimOf(without, {}, inSlot(slot)));
        }),
        { numRuns: 50 },
      );
    });

    test('the first is asked about; one that is not protected is final', () => {
      const { missing, order } = choose(group);
      expect(missing).toBe('protections');
      const chosen = choose(group, guarded([order?.target.id], false));
      expect(chosen).toMatchObject({ decision: { verdict: 'strike' }, order });
      expect(chosen.missing).toBeUndefined();
    });

    test('one that cannot be asked about spares the group: what kept it from answering would keep the next', () => {
      const first = victimOf(group);
      const unknown = { protections: new Map([[first ?? '', unavailable('AccessDenied')]]) };
      const { decision, order, missing } = choose(group, unknown);
      expect(decision).toMatchObject({
        verdict: 'spare',
        reason: { code: 'termination-protected', text: `${first}: could not be checked: AccessDenied` },
      });
      expect([order, missing]).toEqual([undefined, undefined]);
    });

    test.each(['ec2-terminate', 'ec2-stop', 'ec2-reboot'])('from %s as well', (name) => {
      const fault = { name, parameters: name === 'ec2-terminate' ? { via: 'autoscaling' } : {} };
      const ids = members.map(({ instanceId }) => instanceId);
      const { order, decision } = choose(group, guarded(ids), aDecisionContext({ ...fixed, fault }));
      expect(order).toBeUndefined();
      expect(decision.reason.code).toBe(`${from}-protected`);
    });

    test('all of them: the group is spared, and says so', () => {
      const { decision } = choose(group, guarded(members.map(({ instanceId }) => instanceId)));
      expect(decision.reason).toEqual({
        code: `${from}-protected`,
        text: `no target is eligible: ${members.map(({ instanceId }) => `${instanceId}: protected from ${from}`).join('; ')}`,
      });
    });
  });

  test('spares a group none of whose instances opted in themselves, and names the first five', () => {
    const group = aGroup({ members: Array.from({ length: 7 }, (_, n) => aMember({ instanceId: `i-${n}` })) });
    const { decision, order } = choose(
      group,
      inspectedAs(group, () => ({ tags: {} })),
    );
    expect(order).toBeUndefined();
    expect(decision.reason).toEqual({
      code: 'instance-not-opted-in',
      text: `no target is eligible: ${[0, 1, 2, 3, 4].map((n) => `i-${n}: no tag chaos:opt-in=true`).join('; ')}; and 2 more`,
    });
  });

  test('of several reasons, that of an instance which is up speaks for the group', () => {
    const down = aMember({
      instanceId: 'i-down',
      healthy: false,
      lifecycle: 'Standby',
      state: 'Standby/Healthy',
    });
    const group = aGroup({ members: [down, ...aGroup().members], desired: 3 });
    const { decision } = choose(
      group,
      inspectedAs(group, () => ({ tags: {} })),
    );
    expect(decision.reason.code).toBe('instance-not-opted-in');
    expect(decision.reason.text).toMatch(/^no target is eligible: i-down: Standby\/Healthy; i-web-a: no tag/);
  });

  test('spares a standalone instance that is to be terminated through an Auto Scaling group', () => {
    const fault = { name: 'ec2-terminate', parameters: { via: 'autoscaling' } };
    const { decision, order } = choose(aGroup({ kind: 'tag' }), {}, aDecisionContext({ ...fixed, fault }));
    expect(order).toBeUndefined();
    expect(decision.reason).toEqual({
      code: 'fault-unfit',
      text: `no target is eligible: ${['a', 'b', 'c'].map((letter) => `i-web-${letter}: ec2-terminate: a standalone instance cannot be terminated via autoscaling`).join('; ')}`,
    });
  });

  describe('where the fault can never be done to some instances', () => {
    const stop = aDecisionContext({ ...fixed, fault: { name: 'ec2-stop', parameters: {} } });
    const spot = (ids: readonly string[]) => (group: InstanceGroup) =>
      inspectedAs(group, ({ instanceId }) => (ids.includes(instanceId) ? { purchase: 'spot' } : {}));

    test('chooses among the others, whatever is drawn', () => {
      const group = aGroup();
      for (let slot = 0; slot < 50; slot += 1) {
        const context = { ...inSlot(`${slot}`), request: stop.request };
        expect(victimOf(group, spot(['i-web-a', 'i-web-b'])(group), context)).toBe('i-web-c');
      }
    });

    test('spares the group where it can be done to none, and says why', () => {
      const group = aGroup();
      const { order, decision } = choose(group, spot(['i-web-a', 'i-web-b', 'i-web-c'])(group), stop);
      expect(order).toBeUndefined();
      expect(decision.reason.code).toBe('fault-unfit');
      expect(decision.reason.text).toMatch(/i-web-a: ec2-stop: a Spot Instance cannot be stopped/);
    });

    test('a guard that refuses is named before it', () => {
      const group = aGroup();
      const { decision } = choose(
        group,
        inspectedAs(group, () => ({ purchase: 'spot', tags: {} })),
        stop,
      );
      expect(decision.reason.code).toBe('instance-not-opted-in');
    });
  });
});
