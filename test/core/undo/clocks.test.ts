import { describe, expect, test } from 'vitest';
import type { LastingFault } from '#core/model/fault.ts';
import type { UndoOrder } from '#core/undo/plan-undo.ts';
import { undoDue } from '#core/undo/undo-due.ts';
import { aBreakableWorld, type BreakableWorld } from './a-breakable-world.ts';
import { janitorRound, strikeOnce } from './strike-and-undo.ts';

const startsAt = Date.parse('2026-11-23T09:00:00Z');
const minuteMs = 60_000;
const whole = { left: 'a', right: 'b' };

const healthy = (world: BreakableWorld) => world.process(() => 'works').world;

/** A round of a process whose clock is ahead of AWS's; `offsetMs`: as far as it has noticed. */
async function undoAhead(order: UndoOrder, aheadMs: number, world: BreakableWorld, offsetMs = -aheadMs) {
  const { clock, ...ports } = healthy(world);
  const now = () => clock.now() + aheadMs;
  const run = { runId: 'undo', deadline: now() + 10 * minuteMs, surveyBy: now() + 10 * minuteMs };
  return undoDue(order, run, { ...ports, clock: { ...clock, now }, skew: { offsetMs: () => offsetMs } });
}

/** A run beside whose call of the fault something else happens. */
function runBeside(world: BreakableWorld, beside: () => Promise<unknown>) {
  const ports = healthy(world);
  const fault = ports.faults.get('settings') as LastingFault;
  const inject: LastingFault['inject'] = async (...given) => {
    await beside();
    return fault.inject(...given);
  };
  return { ...ports, faults: new Map([['settings', { ...fault, inject }]]) };
}

describe('a process whose clock is 15 minutes ahead', () => {
  test.each<UndoOrder>([{}, { all: true }])('closes no injection under way, ordered %j', async (order) => {
    const world = aBreakableWorld({ ends: 'schedule', stepsOfFault: 1, startsAt });
    const seen: unknown[] = [];
    const run = runBeside(world, async () => {
      const { failures } = await undoAhead(order, 15 * minuteMs, world);
      seen.push(failures, world.scheduled.size, await world.openEntries());
    });
    await strikeOnce(run);
    const message = expect.stringContaining('15 minutes ahead of');
    expect(seen).toMatchObject([
      [{ stage: 'control', code: 'ClockSkewed', message }],
      1,
      [{ activeAt: undefined }],
    ]);
    for (let minute = 0; minute < 20; minute += 1) {
      world.pass(minuteMs);
      await janitorRound(healthy(world));
    }
    expect(world.settings()).toStrictEqual(whole);
    expect(await world.openEntries()).toStrictEqual([]);
  });

  test('ends no fault before its time, and undoes what was ordered', async () => {
    const world = aBreakableWorld({ ends: 'schedule', stepsOfFault: 1, startsAt });
    await strikeOnce(healthy(world));
    await undoAhead({}, 15 * minuteMs, world);
    expect(world.isBroken()).toBe(true);
    expect(await undoAhead({ all: true }, 15 * minuteMs, world)).toMatchObject({ open: 0 });
    expect(world.isBroken()).toBe(false);
  });
});

test('a process whose clock is behind undoes what is due', async () => {
  const world = aBreakableWorld({ ends: 'schedule', stepsOfFault: 1, startsAt });
  await strikeOnce(healthy(world));
  world.pass(4 * minuteMs);
  expect(await undoAhead({}, -15 * minuteMs, world)).toMatchObject({ open: 0 });
});

test('an order for some strikes touches no others, whatever is due', async () => {
  const world = aBreakableWorld({ ends: 'schedule', stepsOfFault: 1, startsAt });
  await strikeOnce(healthy(world));
  world.pass(4 * minuteMs);
  await world.ledger.setStop({ reason: 'sale day', by: 'ann', at: '2026-11-23T09:00:00Z' });
  for (const order of [{ strikes: ['0123456789abcdef'] }, { account: '333333333333' }]) {
    expect(await undoAhead(order, 0, world)).toMatchObject({ strikes: [], open: 1 });
  }
  expect(world.isBroken()).toBe(true);
});

test.each([1, 2] as const)(
  'a run whose entry is closed under it takes back a fault of %i steps at once',
  async (stepsOfFault) => {
    const world = aBreakableWorld({ ends: 'schedule', stepsOfFault, startsAt });
    // By a clock whose error it has not noticed.
    const run = runBeside(world, () => undoAhead({}, 25 * minuteMs, world, 0));
    expect(await strikeOnce(run)).toBe('unknown');
    expect(await world.openEntries()).toStrictEqual([]);
    expect(world.settings()).toStrictEqual(whole);
  },
);
