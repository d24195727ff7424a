import { describe, expect, test } from 'vitest';
import type { StrikeSession } from '#core/ports/striker.ts';
import { run } from '#core/run/run.ts';
import { aConfig } from '../../support/a-config.ts';
import { aGroup, aMember } from '../../support/a-group.ts';
import { aRun } from '../../support/a-run.ts';
import { aClock, aWorld } from '../../support/a-world.ts';

const web = aGroup({
  members: Array.from({ length: 8 }, (_, index) => aMember({ instanceId: `i-${index}` })),
});
const refuse: StrikeSession['strike'] = async () => ({
  outcome: 'failed',
  detail: 'UnsupportedOperation: not this one',
  isRefusal: true,
});

/** A world in which AWS refuses strikes, or those on some instances, with a run of it at any time. */
function aWorldThat(strike: StrikeSession['strike'], rate: { meanDays: number } | { probability: number }) {
  const clock = aClock('2026-11-23T09:00:00Z');
  const world = aWorld({ groups: [web], clock, strike, config: aConfig({ rate }) });
  let runs = 0;
  const runAt = async (time: string, slot: string | undefined = time) => {
    clock.set(time);
    runs += 1;
    const { strikes, decisions } = await run(
      aRun(world, { ...(slot && { slot }), force: true }, `${runs}`),
      world,
    );
    return { struck: strikes[0]?.target.id, reason: decisions[0]?.reason };
  };
  const hours = [9, 10, 11, 12, 13, 14, 15].map((hour) => `${hour}`.padStart(2, '0'));
  const runOn = async (day: string) => {
    const answers: Awaited<ReturnType<typeof runAt>>[] = [];
    for (const hour of hours) answers.push(await runAt(`${day}T${hour}:00:00Z`));
    return answers;
  };
  return { runAt, runOn };
}

describe('a strike that AWS refused', () => {
  test.each([
    ['in days', { meanDays: 1 }],
    ['per slot', { probability: 1 }],
  ])(
    'is made on another instance in the next slot, and after two the group is left alone: rate %s',
    async (_, rate) => {
      const { runOn } = aWorldThat(refuse, rate);
      for (const day of ['2026-11-23', '2026-11-24']) {
        const slots = await runOn(day);
        const struck = slots.flatMap(({ struck }) => struck ?? []);
        expect(new Set(struck).size).toBe(2);
        expect(struck).toHaveLength(2);
        expect(slots.slice(2).map(({ reason }) => reason?.code)).toEqual(Array(5).fill('strike-refused'));
        expect(slots[6]?.reason?.text).toBe(
          `AWS refused 2 strikes on it on ${day}, so it is spared for the rest of the day: ${struck.map((id) => `${id}: UnsupportedOperation: not this one`).join('; ')}`,
        );
      }
    },
  );

  test('leaves the group due: another instance is struck on the same day', async () => {
    const refused = new Set<string>();
    const { runOn } = aWorldThat(
      async (order, until) => {
        if (refused.size > 0) return { outcome: 'succeeded', detail: 'done' };
        refused.add(order.target.id);
        return refuse(order, until);
      },
      { meanDays: 1 },
    );
    const [first, second] = await runOn('2026-11-23');
    expect([...refused]).toEqual([first?.struck]);
    expect(second?.struck).toBeDefined();
    expect(second?.struck).not.toBe(first?.struck);
  });

  test('may be tried again by hand, as its cause may have been mended', async () => {
    const { runOn, runAt } = aWorldThat(refuse, { meanDays: 1 });
    const [first] = await runOn('2026-11-23');
    expect((await runAt('2026-11-23T15:30:00Z', '')).struck).toBe(first?.struck);
  });

  test('that failed otherwise is tried again', async () => {
    const { runOn } = aWorldThat(async () => ({ outcome: 'failed', detail: 'RequestExpired: late' }), {
      meanDays: 1,
    });
    const slots = await runOn('2026-11-23');
    expect(new Set(slots.map(({ struck }) => struck))).toEqual(new Set([slots[0]?.struck]));
  });
});
