import { describe, expect, test } from 'vitest';
import { parseConfig } from '#core/config/config.ts';
import { faults } from '#faults/registry.ts';
import type { Crash } from './crashable-process.ts';
import { invariants } from './invariants.ts';
import type { GroupSeed, Scenario } from './random-scenario.ts';
import { SeededRandom } from './seeded-random.ts';
import { simulatedOrganization } from './simulated-organization.ts';

const minuteMs = 60_000;
const slot = { slot: '2026-11-23T09:00:00Z', dryRun: false };

const web: GroupSeed = {
  account: '222222222222',
  region: 'eu-west-1',
  kind: 'asg',
  name: 'web',
  size: 3,
  zones: 1,
  isFirstProtected: false,
  tags: { 'chaos:opt-in': 'true', 'chaos:mean-days': '1', 'chaos:app': 'shop' },
};

const scenario: Scenario = {
  config: parseConfig(
    {
      master: { account: '111111111111', region: 'eu-west-1' },
      accounts: ['222222222222'],
      regions: ['eu-west-1'],
      externalId: 'chaos-test',
      leashed: false,
      guards: { minInstanceAgeMinutes: 0, minGroupAgeMinutes: 0 },
      // The one slot of the day: every moment falls on it.
      schedule: { from: '09:00', to: '10:00', everyMinutes: 60 },
      budgets: { perDay: { organization: 1, app: 1 }, unverified: { organization: 1 } },
    },
    faults,
  ),
  groups: [web, { ...web, name: 'api' }],
  startsAt: Date.parse(slot.slot),
  days: ['2026-11-23'],
};

async function lives(death: Crash | undefined) {
  const world = simulatedOrganization(scenario, new SeededRandom(1));
  const held = invariants(world);
  const first = await world.invoke({
    id: 'first',
    event: slot,
    skewMs: 0,
    ...(death && { death }),
  });
  await held.check();
  // Lambda tries again; the Scheduler delivers once more; the light schedule looks after it.
  await world.clock.sleep(minuteMs);
  await Promise.all(['first', 'second'].map((id) => world.invoke({ id, event: slot, skewMs: 0 })));
  await held.check();
  for (let round = 0; round < 4; round += 1) {
    await world.clock.sleep(5 * minuteMs);
    await world.invoke({ id: `verify-${round}`, event: { task: 'verify' }, skewMs: 0 });
    await held.check();
  }
  const entries = await held.checkEnd();
  return { first, entries, effects: world.effects };
}

describe('a run that dies', () => {
  test.each(['before', 'after'] as const)('%s any of its calls leaves nothing broken', async (when) => {
    const undisturbed = await lives(undefined);
    expect(undisturbed.entries).toMatchObject([{ state: 'succeeded', recovery: { outcome: 'recovered' } }]);

    let deaths = 0;
    for (let atCall = 1; ; atCall += 1) {
      const { first, entries, effects } = await lives({ atCall, when });
      if (first !== 'died') break;
      deaths += 1;
      // Whatever it had begun, at most one instance of the two groups was struck, and none is forgotten.
      expect(new Set(effects.map(({ instanceId }) => instanceId)).size).toBeLessThanOrEqual(1);
      expect(entries.filter(({ state }) => state !== 'failed').length).toBeLessThanOrEqual(1);
    }
    expect(deaths).toBeGreaterThan(15);
  });
});
