import { describe, expect, test } from 'vitest';
import type { RunRequestInput } from '#core/config/run-request.ts';
import type { StrikeEntry } from '#core/model/strike.ts';
import { run } from '#core/run/run.ts';
import type { InstanceObservation } from '#targets/instances/model.ts';
import { aClaim } from '../../support/a-claim.ts';
import { aGroup } from '../../support/a-group.ts';
import { aRun } from '../../support/a-run.ts';
import { aClock, aWorld } from '../../support/a-world.ts';

const web = aGroup({ name: 'web' });
const slot = '2026-11-23T09:00:00Z';

/** A group that is back as it was, minutes after a strike. */
const recovered = (): InstanceObservation => ({
  group: web,
  target: { instanceState: undefined, launchedAt: undefined, lifecycle: undefined },
  launchesEnded: [Date.parse('2026-11-23T09:03:00Z')],
  isScaling: false,
});

describe('a run after another', () => {
  test('earlier strikes are verified before anything is surveyed', async () => {
    const clock = aClock(slot);
    const world = aWorld({ groups: [web], clock, observe: recovered });
    await run(aRun(world, { slot }), world);
    clock.set('2026-11-23T10:00:00Z');
    world.events.length = 0;
    const report = await run(aRun(world, { slot: '2026-11-23T10:00:00Z' }, '00000002'), world);
    expect(world.events.slice(0, 3)).toEqual([`observe ${web.key}`, `close ${web.key} recovered`, 'survey']);
    expect(report).toMatchObject({
      counts: { recovered: 1, succeeded: 1 },
      recoveries: [{ group: web.key, slot, recovery: { outcome: 'recovered' } }],
    });
  });

  test.each<[string, RunRequestInput, string]>([
    ['outside the window', {}, '2026-11-23T20:00:00Z'],
    ['in a leashed run', { dryRun: true }, '2026-11-23T10:00:00Z'],
  ])('earlier strikes are verified %s as well', async (_, request, time) => {
    const clock = aClock(slot);
    const world = aWorld({ groups: [web], clock, observe: recovered });
    await run(aRun(world, { slot }), world);
    clock.set(time);
    const report = await run(aRun(world, request, '00000002'), world);
    expect(world.events).toContain(`close ${web.key} recovered`);
    expect(report.counts).toMatchObject({ recovered: 1, succeeded: 0 });
    expect((await world.ledger.openStrikes()).found).toEqual([]);
  });

  test('earlier strikes are verified under a stop, and where the control item cannot be read', async () => {
    for (const breakage of ['stop', 'control'] as const) {
      const clock = aClock(slot);
      const world = aWorld({ groups: [web], clock, observe: recovered });
      await run(aRun(world, { slot }), world);
      clock.set('2026-11-23T10:00:00Z');
      await world.ledger.setStop({ reason: 'sale', by: 'ann', at: slot });
      const control =
        breakage === 'stop' ? world.ledger.control : async () => Promise.reject(new Error('gone'));
      const next = { ...world, ledger: { ...world.ledger, control } };
      expect(await run(aRun(world, {}, '00000002'), next)).toMatchObject({
        outcome: 'closed',
        counts: { recovered: 1, groups: 0 },
      });
    }
  });

  test('a strike that is still open keeps its group from being struck in the next slot', async () => {
    const clock = aClock(slot);
    const world = aWorld({ groups: [web], clock });
    await run(aRun(world, { slot }), world);
    clock.set('2026-11-23T10:00:00Z');
    const report = await run(aRun(world, { slot: '2026-11-23T10:00:00Z' }, '00000002'), world);
    expect(report.decisions).toMatchObject([{ verdict: 'spare', reason: { code: 'strike-unverified' } }]);
  });

  test('a group that did not recover in time is leashed by itself, and the next run spares it', async () => {
    const clock = aClock(slot);
    const observe = ({ target }: StrikeEntry): InstanceObservation => ({
      group: { ...web, members: web.members.filter(({ instanceId }) => instanceId !== target.id) },
      target: { instanceState: 'terminated', launchedAt: undefined, lifecycle: undefined },
      launchesEnded: [],
      isScaling: false,
    });
    const world = aWorld({ groups: [web], clock, observe });
    const first = await run(aRun(world, { slot }), world);
    clock.set('2026-11-23T10:00:00Z');
    // The listing shows it whole again; what counts is that nobody has looked into it.
    const second = await run(aRun(world, { slot: '2026-11-23T10:00:00Z' }, '00000002'), world);
    const text = `2 of 3 desired are healthy, 60 minutes after ${first.strikes[0]?.target.id} was struck by run ${first.runId}`;
    expect(second.recoveries).toMatchObject([{ recovery: { outcome: 'not-recovered', text } }]);
    expect(second.counts).toMatchObject({ notRecovered: 1, succeeded: 0 });
    expect(second.decisions).toMatchObject([
      {
        verdict: 'spare',
        reason: {
          code: 'leashed-group',
          text: `leashed by chaos_monkey at 2026-11-23T10:00:00.000Z: ${text}. Lift it with: ./chaos leash ${web.key} --off`,
        },
      },
    ]);
    await world.ledger.setLeash(web.key, undefined);
    clock.set('2026-11-23T11:00:00Z');
    const third = await run(aRun(world, { slot: '2026-11-23T11:00:00Z' }, '00000003'), world);
    expect(third.counts.succeeded).toBe(1);
  });

  test('a strike that its run did not come to is given back before the next one decides', async () => {
    const clock = aClock(slot);
    const world = aWorld({ groups: [web], clock });
    await world.ledger.claim(aClaim({ slot, group: web.key }));
    clock.set('2026-11-23T10:00:00Z');
    const report = await run(aRun(world, { slot: '2026-11-23T10:00:00Z' }, '00000002'), world);
    expect(report.failures).toMatchObject([{ stage: 'verify', code: 'RunDied', group: web.key }]);
    expect(report.strikes).toMatchObject([{ group: web.key, outcome: 'succeeded' }]);
  });
});
