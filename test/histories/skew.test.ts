import { expect, test } from 'vitest';
import { parseConfig } from '#core/config/config.ts';
import type { RunReport } from '#core/reports/run-report.ts';
import { faults } from '#faults/registry.ts';
import type { Scenario } from './random-scenario.ts';
import { SeededRandom } from './seeded-random.ts';
import { simulatedOrganization } from './simulated-organization.ts';

const minuteMs = 60_000;
const slot = { slot: '2026-11-23T09:00:00Z', dryRun: false };

/** Standalone instances, whose group nothing makes whole again. */
const scenario: Scenario = {
  config: parseConfig(
    {
      master: { account: '111111111111', region: 'eu-west-1' },
      accounts: ['222222222222'],
      regions: ['eu-west-1'],
      externalId: 'chaos-test',
      leashed: false,
      guards: { minInstanceAgeMinutes: 0, minGroupAgeMinutes: 0 },
      schedule: { from: '09:00', to: '10:00', everyMinutes: 60 },
      recovery: { withinMinutes: 30 },
    },
    faults,
  ),
  groups: [
    {
      account: '222222222222',
      region: 'eu-west-1',
      kind: 'tag',
      name: 'workers',
      size: 3,
      zones: 1,
      isFirstProtected: false,
      tags: { 'chaos:opt-in': 'true', 'chaos:mean-days': '1' },
    },
  ],
  startsAt: Date.parse(slot.slot),
  days: ['2026-11-23'],
};

/** On its first calls the SDK reads files. That takes real time, in which a clock that jumps runs out. */
async function warmUp(): Promise<void> {
  const rehearsal = { id: 'rehearsal', event: slot, skewMs: 0 };
  while ((await simulatedOrganization(scenario, new SeededRandom(1)).invoke(rehearsal)) === 'timed out');
}

test('a process whose clock is off from the one of AWS does not call a group lost; one whose clock is right does', async () => {
  await warmUp();
  const world = simulatedOrganization(scenario, new SeededRandom(1));
  const { invoke, clock, effects, ledger } = world;
  const verify = async (id: string, skewMinutes: number): Promise<RunReport> => {
    const ending = await invoke({ id, event: { task: 'verify' }, skewMs: skewMinutes * minuteMs });
    if (typeof ending === 'string' || 'threw' in ending) throw new Error(`it has ended: ${ending}`);
    return ending.answer as RunReport;
  };
  await invoke({ id: 'first', event: slot, skewMs: 0 });
  expect(effects).toHaveLength(1);

  await clock.sleep(2 * minuteMs);
  const ahead = await verify('ahead', 40);
  expect(ahead).toMatchObject({ recoveries: [], failures: [{ stage: 'verify', code: 'ClockSkewed' }] });
  // By a few seconds all clocks differ.
  expect(await verify('right', 0.3)).toMatchObject({ recoveries: [], failures: [] });

  await clock.sleep(40 * minuteMs);
  const behind = await verify('behind', -6);
  expect(behind).toMatchObject({ recoveries: [], failures: [{ stage: 'verify', code: 'ClockSkewed' }] });
  expect((await ledger.openStrikes()).found).toHaveLength(1);

  const right = await verify('right again', 0);
  expect(right).toMatchObject({ recoveries: [{ recovery: { outcome: 'not-recovered' } }], failures: [] });
  expect((await ledger.openStrikes()).found).toEqual([]);
});
