import { describe, expect, test } from 'vitest';
import type { Observation } from '#core/ports.ts';
import { run } from '#core/run.ts';
import { verifyRun } from '#core/verify-run.ts';
import { aClaim } from '../support/a-claim.ts';
import { aGroup } from '../support/a-group.ts';
import { aRun } from '../support/a-run.ts';
import { aClock, aWorld, type FakeWorld } from '../support/a-world.ts';

const web = aGroup();
const back = (): Observation => ({
  group: web,
  target: { instanceState: undefined, launchedAt: undefined, lifecycle: undefined },
  launchesEnded: [],
  isScaling: false,
});

/** A world in which `web` was struck at nine, and it is ten minutes later. */
async function struckWorld(observe: () => Observation | undefined = back): Promise<FakeWorld> {
  const clock = aClock('2026-11-23T09:00:00Z');
  const world = aWorld({ groups: [web], clock, observe });
  await run(aRun(world), world);
  clock.set('2026-11-23T09:10:00Z');
  world.events.length = 0;
  world.announced.length = 0;
  return world;
}

describe('verifyRun', () => {
  test('looks after earlier strikes, and records and announces what it saw', async () => {
    const world = await struckWorld();
    const report = await verifyRun(aRun(world, {}, '00000002'), world);
    expect(world.events).toEqual([
      `observe ${web.key}`,
      `close ${web.key} recovered`,
      'record-run',
      'announce',
    ]);
    expect(report).toMatchObject({
      task: 'verify',
      mode: 'live',
      outcome: 'done',
      gates: [],
      groupsNotFound: [],
      decisions: [],
      strikes: [],
      recoveries: [{ group: web.key, recovery: { outcome: 'recovered' } }],
      counts: { accounts: 0, groups: 0, recovered: 1, failures: 0 },
    });
    expect(world.announced).toEqual([report]);
    // It decided nothing that could be decided again.
    expect(await world.ledger.recording(report.runId)).toBeUndefined();
  });

  test.each<[string, () => Promise<FakeWorld>]>([
    ['nothing is open', async () => aWorld()],
    [
      'a group is still waited for',
      async () => struckWorld(() => ({ ...back(), group: { ...web, members: web.members.slice(1) } })),
    ],
  ])('records and announces nothing where %s, and is logged all the same', async (_, made) => {
    const world = await made();
    const ended: unknown[] = [];
    const journal = { ...world.journal, ended: (report: unknown) => ended.push(report) };
    const report = await verifyRun(aRun(world, {}, '00000002'), { ...world, journal });
    expect(world.events.filter((event) => !event.startsWith('observe'))).toEqual([]);
    expect(ended).toEqual([report]);
  });

  test('logs what could not be looked at, and leaves it to the next slot to announce it', async () => {
    const world = await struckWorld();
    const openStrikes = async () => Promise.reject(new Error('table gone'));
    const report = await verifyRun(aRun(world, {}, '00000002'), {
      ...world,
      ledger: { ...world.ledger, openStrikes },
    });
    expect(report.failures).toEqual([{ stage: 'verify', code: 'Error', message: 'table gone' }]);
    expect(world.events).toEqual([]);
    expect(world.failed).toEqual(report.failures);
  });

  test('records and announces that a run has died', async () => {
    const clock = aClock('2026-11-23T09:00:00Z');
    const world = aWorld({ clock });
    await world.ledger.claim(aClaim());
    clock.set(aClaim().abandonedAfter + 1);
    world.events.length = 0;
    const report = await verifyRun(aRun(world, {}, '00000002'), world);
    expect(report.failures).toMatchObject([{ stage: 'verify', code: 'RunDied' }]);
    expect(world.events.slice(-2)).toEqual(['record-run', 'announce']);
    expect(world.failed).toEqual(report.failures);
  });
});
