import { type Config, parseConfig } from '#core/config/config.ts';
import { faults } from '#faults/registry.ts';
import type { GroupSeed, Scenario } from './random-scenario.ts';

/** The one slot of the scenario's one day, as the Scheduler delivers it: every moment drawn falls on it. */
export const slotEvent = { slot: '2026-11-23T09:00:00Z', dryRun: false };

/** What groups of these scenarios have in common: three instances, and a strike on every work day. */
export const dailyGroup = {
  account: '222222222222',
  region: 'eu-west-1',
  size: 3,
  zones: 1,
  isFirstProtected: false,
  tags: { 'chaos:opt-in': 'true', 'chaos:mean-days': '1' },
} as const;

/** An account with these groups, live, on a day with one slot. */
export function oneSlotScenario(groups: readonly GroupSeed[], overrides: object): Scenario {
  const config: Config = parseConfig(
    {
      master: { account: '111111111111', region: 'eu-west-1' },
      accounts: ['222222222222'],
      regions: ['eu-west-1'],
      externalId: 'chaos-test',
      leashed: false,
      guards: { minInstanceAgeMinutes: 0, minGroupAgeMinutes: 0 },
      schedule: { from: '09:00', to: '10:00', everyMinutes: 60 },
      ...overrides,
    },
    faults,
  );
  return { config, groups, startsAt: Date.parse(slotEvent.slot), days: ['2026-11-23'] };
}
