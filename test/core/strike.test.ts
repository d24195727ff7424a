import { describe, expect, test } from 'vitest';
import { run } from '#core/run.ts';
import { aGroup } from '../support/a-group.ts';
import { aRun } from '../support/a-run.ts';
import { aWorld, fixedClock } from '../support/a-world.ts';

const [web, api] = [aGroup({ name: 'web' }), aGroup({ name: 'api' })];
const slot = '2026-11-23T09:00:00Z';

describe('strikeAll, in a run', () => {
  test('a second run of a slot strikes nothing and names the run that has it', async () => {
    const world = aWorld({ groups: [web] });
    const first = await run(aRun(world, { slot }), world);
    const second = await run(aRun(world, { slot }, '00000002'), world);
    expect(world.events.filter((event) => event.startsWith('strike'))).toHaveLength(1);
    expect(second.strikes).toEqual([]);
    expect(second.decisions).toMatchObject([
      {
        verdict: 'spare',
        reason: {
          code: 'already-claimed',
          text: `run ${first.runId} has this slot: ${first.strikes[0]?.instanceId}, succeeded`,
        },
      },
    ]);
  });

  test('a stop that is set while a run is under way keeps what is not struck yet', async () => {
    const world = aWorld({ groups: [web] });
    const { fleet } = world;
    const report = await run(aRun(world), {
      ...world,
      fleet: {
        ...fleet,
        inspect: async (...given) => {
          await world.ledger.setStop({ reason: 'now!', by: 'ann', at: '2026-11-23T09:00:01Z' });
          return fleet.inspect(...given);
        },
      },
    });
    expect(report.strikes).toEqual([]);
    expect(report.decisions).toMatchObject([{ verdict: 'spare', reason: { code: 'stop' } }]);
  });

  test('a strike that fails is recorded as failed, with what AWS said; the others go on', async () => {
    const world = aWorld({ groups: [web, api] });
    const report = await run(aRun(world), {
      ...world,
      striker: {
        open: async (orders) => ({
          found: [
            {
              orders,
              strike: async ({ target }) => {
                if (target.group !== web.key) return 'ok';
                throw Object.assign(new Error('you may not'), { name: 'UnauthorizedOperation' });
              },
            },
          ],
          failures: [],
        }),
      },
    });
    expect(report.counts).toMatchObject({ succeeded: 1, failed: 1 });
    expect(report.strikes).toContainEqual(
      expect.objectContaining({
        group: web.key,
        outcome: 'failed',
        detail: 'UnauthorizedOperation: you may not',
      }),
    );
    expect(world.events).toContain(`record-strike ${web.key} failed`);
  });

  test('a group for which no session could be opened is spared, and nothing is claimed for it', async () => {
    const world = aWorld({ groups: [web] });
    const failures = [{ stage: 'assume-role', code: 'AccessDenied', message: 'no', group: web.key } as const];
    const report = await run(aRun(world), {
      ...world,
      striker: { open: async () => ({ found: [], failures }) },
    });
    expect(report.decisions).toMatchObject([{ verdict: 'spare', reason: { code: 'not-reached' } }]);
    expect(report.failures).toEqual(failures);
    expect(world.events).not.toContain(`claim ${web.key}`);
  });

  test('when the window closes while the run is under way, nothing is claimed or struck any more', async () => {
    let now = Date.parse('2026-11-23T15:59:00Z');
    const world = aWorld({ groups: [web], clock: { now: () => now, sleep: async () => {} } });
    const { fleet } = world;
    const report = await run(aRun(world), {
      ...world,
      fleet: {
        ...fleet,
        inspect: async (...given) => {
          now = Date.parse('2026-11-23T16:00:00Z');
          return fleet.inspect(...given);
        },
      },
    });
    expect(world.events.filter((event) => /^(claim|strike)/.test(event))).toEqual([]);
    expect(report.decisions).toMatchObject([{ verdict: 'spare', reason: { code: 'schedule' } }]);
  });

  test('when the time is up before the strikes, nothing is claimed or struck', async () => {
    let now = Date.parse(slot);
    const world = aWorld({ groups: [web], clock: { now: () => now, sleep: async () => {} } });
    const { fleet } = world;
    const started = aRun(world);
    const report = await run(started, {
      ...world,
      fleet: {
        ...fleet,
        inspect: async (...given) => {
          now = started.deadline;
          return fleet.inspect(...given);
        },
      },
    });
    expect(world.events.filter((event) => /^(claim|strike)/.test(event))).toEqual([]);
    expect(report.failures).toMatchObject([{ stage: 'claim', code: 'DeadlineReached', group: web.key }]);
    expect(report.decisions).toMatchObject([{ verdict: 'spare', reason: { code: 'claim-failed' } }]);
  });

  test('a stop is obeyed while many strikes are under way: at most a batch of them is made after it', async () => {
    const groups = Array.from({ length: 200 }, (_, index) => aGroup({ name: `g${index}` }));
    const world = aWorld({ groups });
    let made = 0;
    const report = await run(aRun(world), {
      ...world,
      striker: {
        open: async (orders) => ({
          found: [
            {
              orders,
              strike: async () => {
                made += 1;
                if (made === 20) await world.ledger.setStop({ reason: 'now!', by: 'ann', at: slot });
                return 'gone';
              },
            },
          ],
          failures: [],
        }),
      },
    });
    expect(made).toBeLessThan(20 + 8);
    expect(report.counts.spared.stop).toBe(200 - made);
  });

  test('a run that dies while it strikes has logged what it did', async () => {
    const groups = Array.from({ length: 30 }, (_, index) => aGroup({ name: `g${index}` }));
    const world = aWorld({ groups });
    const dying = run(aRun(world), {
      ...world,
      striker: {
        open: async (orders) => ({
          found: [
            {
              orders,
              strike: ({ target }) =>
                target.group.endsWith('/g29') ? new Promise(() => {}) : Promise.resolve('gone'),
            },
          ],
          failures: [],
        }),
      },
    });
    const ended = await Promise.race([
      dying,
      new Promise((resolve) => setTimeout(resolve, 50, 'still striking')),
    ]);
    expect(ended).toBe('still striking');
    expect(world.struck.length).toBe(29);
    expect(world.decided.length).toBe(29);
  });

  test('a claim that was answered too late is recorded as a strike that failed, and nothing is struck', async () => {
    let now = Date.parse(slot);
    const world = aWorld({ groups: [web], clock: { now: () => now, sleep: async () => {} } });
    const started = aRun(world);
    const report = await run(started, {
      ...world,
      ledger: {
        ...world.ledger,
        claim: async (claim) => {
          const outcome = await world.ledger.claim(claim);
          now = started.deadline;
          return outcome;
        },
      },
    });
    expect(world.events).not.toContainEqual(expect.stringMatching(/^strike /));
    expect(world.events).toContain(`record-strike ${web.key} failed`);
    expect(report.strikes).toMatchObject([
      { outcome: 'failed', detail: 'DeadlineReached: no time was left to strike' },
    ]);
  });

  test('a strike may be retried for five seconds, never past the deadline or the end of the window', async () => {
    const untilAt = async (time: string) => {
      const world = aWorld({ groups: [web], clock: fixedClock(time) });
      let until = 0;
      await run(aRun(world), {
        ...world,
        striker: {
          open: async (orders) => ({
            found: [
              {
                orders,
                strike: async (_order, given) => {
                  until = given;
                  return 'gone';
                },
              },
            ],
            failures: [],
          }),
        },
      });
      return until - Date.parse(time);
    };
    expect(await untilAt('2026-11-23T09:00:00Z')).toBe(5_000);
    expect(await untilAt('2026-11-23T15:59:58Z')).toBe(2_000);
  });
});
