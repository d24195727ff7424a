import { expect, test } from 'vitest';
import type { RunReport } from '#core/reports/run-report.ts';
import { dailyGroup, oneSlotScenario, slotEvent } from './one-slot-scenario.ts';
import { SeededRandom } from './seeded-random.ts';
import { simulatedOrganization } from './simulated-organization.ts';

const minuteMs = 60_000;

/** Standalone instances, whose group nothing makes whole again. */
const scenario = oneSlotScenario([{ ...dailyGroup, kind: 'tag', name: 'workers' }], {
  recovery: { withinMinutes: 30 },
});

/** On its first calls the SDK reads files. That takes real time, in which a clock that jumps runs out. */
async function warmUp(): Promise<void> {
  const rehearsal = { id: 'rehearsal', event: slotEvent, skewMs: 0 };
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
  await invoke({ id: 'first', event: slotEvent, skewMs: 0 });
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
