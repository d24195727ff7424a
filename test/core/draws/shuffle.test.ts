import { describe, expect, test } from 'vitest';
import type { ConfigInput } from '#core/config/config.ts';
import { draws } from '#core/draws/draw.ts';
import { shuffle } from '#core/draws/shuffle.ts';
import { slotId } from '#core/model/slot.ts';
import { run } from '#core/run/run.ts';
import { simulateDay } from '#core/simulate/simulate-day.ts';
import { simulatedFleet } from '#core/simulate/simulated-fleet.ts';
import { virtualLedger } from '#core/simulate/virtual-ledger.ts';
import { workDaysFrom } from '#core/simulate/work-days.ts';
import { faults } from '#faults/registry.ts';
import type { InstanceGroup } from '#targets/instances/model.ts';
import { kinds } from '#wiring/kinds.ts';
import { aConfig } from '../../support/a-config.ts';
import { aGroup } from '../../support/a-group.ts';
import { aRun } from '../../support/a-run.ts';
import { aWorld, fixedClock } from '../../support/a-world.ts';
import { countsOf, unevenness } from '../../support/chi-squared.ts';

const names = ['alpha', 'mid', 'zeta'];

describe('inDrawnOrder', () => {
  test('is the same for the same draws, from whatever order', () => {
    const ofSlot = draws('secret', 'slot');
    const order = shuffle(names, (name) => name, ofSlot);
    expect(order.toSorted()).toEqual(names);
    expect(shuffle(names.toReversed(), (name) => name, ofSlot)).toEqual(order);
  });

  test('does not change between versions: a run that is made again after an update leaves out the same ones', () => {
    const five = ['alpha', 'kilo', 'mid', 'omega', 'zeta'];
    const order = shuffle(five, (name) => name, draws('secret', '2026-11-23T09:00:00Z'));
    expect(order).toEqual(['kilo', 'alpha', 'mid', 'zeta', 'omega']);
  });
});

describe('under a budget that is not enough for all', () => {
  const daily: Partial<ConfigInput> = {
    budgets: { perDay: { account: 1 } },
    schedule: { from: '09:00', to: '09:01' },
    rate: { meanDays: 1 },
  };
  const secret = 'ab'.repeat(32);

  test('each group of an account is as often the one that a run strikes', async () => {
    const groups = names.map((name) => aGroup({ name }));
    const struck: string[] = [];
    for (const { day, calendar } of workDaysFrom('2026-01-01', aConfig(daily)).take(150)) {
      const slot = slotId(calendar.slots(day)[0] ?? 0);
      const world = aWorld({ config: aConfig(daily), groups, clock: fixedClock(slot), secret });
      const { strikes } = await run(aRun(world, { slot }), world);
      struck.push(...strikes.map(({ group }) => group));
    }
    expect(struck).toHaveLength(150);
    const keys = groups.map(({ key }) => key);
    expect(unevenness(countsOf(keys, struck))).toBeLessThan(1);
  });

  test('a simulation strikes the group that the run of that slot does', async () => {
    const config = aConfig(daily);
    const fleet = simulatedFleet(config, { kinds, faults }, 3);
    const rate = { mode: 'mean-days', meanDays: 1, minDays: 1, probability: 1 } as const;
    const parts = { config, rate, faults, kinds, secret };
    for (const workDay of workDaysFrom('2026-01-01', config).take(30)) {
      const [at = 0] = workDay.calendar.slots(workDay.day);
      const slot = slotId(at);
      const groups = fleet.map(({ group }) => group as InstanceGroup); // The only kind there is so far.
      const world = aWorld({ config, groups, clock: fixedClock(slot), secret });
      const { strikes } = await run(aRun(world, { slot }), world);
      const simulated = simulateDay(fleet, workDay, { ...parts, ledger: virtualLedger() }).strikes;
      expect(simulated.map(({ group }) => group)).toEqual(strikes.map(({ group }) => group));
      expect(simulated).toHaveLength(1);
    }
  });
});
