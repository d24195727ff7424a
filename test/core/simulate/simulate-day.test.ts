import { beforeAll, describe, expect, test } from 'vitest';
import type { ConfigInput } from '#core/config/config.ts';
import { type SimulatedStrike, simulateDay } from '#core/simulate/simulate-day.ts';
import { simulatedFleet } from '#core/simulate/simulated-fleet.ts';
import { virtualLedger } from '#core/simulate/virtual-ledger.ts';
import { workDaysFrom } from '#core/simulate/work-days.ts';
import { faults } from '#faults/registry.ts';
import { kinds } from '#wiring/kinds.ts';
import { aConfig } from '../../support/a-config.ts';
import { countsOf, unevenness } from '../../support/chi-squared.ts';

/** All strikes of some days in which each group would be struck daily. */
function struck(
  groups: number,
  days: number,
  overrides: Partial<ConfigInput> = {},
): readonly SimulatedStrike[] {
  const config = aConfig({ rate: { meanDays: 1 }, ...overrides });
  const rate = { mode: 'mean-days', meanDays: 1, minDays: 1, probability: 1 } as const;
  const parts = { config, rate, faults, kinds, secret: 'secret', ledger: virtualLedger() };
  const fleet = simulatedFleet(config, { kinds, faults }, groups);
  return workDaysFrom('2026-01-01', config)
    .take(days)
    .toArray()
    .flatMap((workDay) => simulateDay(fleet, workDay, parts).strikes);
}

describe('simulateDay', () => {
  let strikes: readonly SimulatedStrike[];
  // Not while tests are gathered: what runs then is no test's.
  beforeAll(() => {
    strikes = struck(30, 100);
  });

  test('strikes every group that is drawn, in the first slot at or after its moment', () => {
    expect(strikes).toHaveLength(3_000);
    const hour = 3_600_000;
    for (const { slot, due } of strikes) expect(slot).toBe(Math.ceil(due / hour) * hour);
  });

  test('has moments that are uniform from the opening of the window to its last slot', () => {
    // 09:00 to 15:00, in nine parts of 40 minutes.
    const parts = Array.from({ length: 9 }, (_, part) => String(part));
    const seen = strikes.map(({ due }) => String((Math.floor(((due / 60_000) % 1_440) - 540) / 40) | 0));
    expect(unevenness(countsOf(parts, seen))).toBeLessThan(1);
  });

  test('strikes each instance as often as any other', () => {
    const letters = ['a', 'b'];
    const seen = strikes.map(({ targetId }) => targetId.at(-1));
    expect(unevenness(countsOf(letters, seen))).toBeLessThan(1);
  });

  test('lets no account come first in every slot, where a budget is not enough for all', () => {
    const accounts = ['222222222222', '333333333333', '444444444444'];
    const schedule = { from: '09:00', to: '09:01' };
    const few = struck(3, 300, { accounts, schedule, budgets: { perDay: { organization: 1 } } });
    expect(few).toHaveLength(300);
    expect(
      unevenness(
        countsOf(
          accounts,
          few.map(({ group }) => group.slice(0, 12)),
        ),
      ),
    ).toBeLessThan(1);
  });
});
