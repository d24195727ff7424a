import { describe, expect, test } from 'vitest';
import type { Crash } from './crashable-process.ts';
import { invariants } from './invariants.ts';
import { dailyGroup, oneSlotScenario, slotEvent } from './one-slot-scenario.ts';
import type { GroupSeed } from './random-scenario.ts';
import { SeededRandom } from './seeded-random.ts';
import { simulatedOrganization } from './simulated-organization.ts';

const minuteMs = 60_000;

const web: GroupSeed = {
  ...dailyGroup,
  kind: 'asg',
  name: 'web',
  tags: { ...dailyGroup.tags, 'chaos:app': 'shop' },
};

const scenario = oneSlotScenario([web, { ...web, name: 'api' }], {
  budgets: { perDay: { organization: 1, app: 1 }, unverified: { organization: 1 } },
});

async function lives(death: Crash | undefined) {
  const world = simulatedOrganization(scenario, new SeededRandom(1));
  const held = invariants(world);
  const first = await world.invoke({
    id: 'first',
    event: slotEvent,
    skewMs: 0,
    ...(death && { death }),
  });
  await held.check();
  // Lambda tries again; the Scheduler delivers once more; the light schedule looks after it.
  await world.clock.sleep(minuteMs);
  await Promise.all(['first', 'second'].map((id) => world.invoke({ id, event: slotEvent, skewMs: 0 })));
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
