import { describe, expect, test } from 'vitest';
import { isWorthAnnouncing } from '#core/messages/announced-report.ts';
import type { UnreadableItem } from '#core/model/unreadable-item.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import { replay } from '#core/replay/replay.ts';
import { run } from '#core/run/run.ts';
import { verifyRun } from '#core/run/verify-run.ts';
import { faults } from '#faults/registry.ts';
import { kinds } from '#wiring/kinds.ts';
import { aClaim } from '../../support/a-claim.ts';
import { aConfig } from '../../support/a-config.ts';
import { aGroup } from '../../support/a-group.ts';
import { aRun } from '../../support/a-run.ts';
import { aClock, aWorld } from '../../support/a-world.ts';

const [web, api] = [aGroup(), aGroup({ name: 'api' })];
const secret = 'ab'.repeat(32);
const item = (overrides: Partial<UnreadableItem> = {}): UnreadableItem => ({
  ...{ table: 'ledger', pk: `group#${web.key}`, sk: 'record', why: 'version: found "b"', group: web.key },
  ...overrides,
});
const named = ({ pk, sk, table }: UnreadableItem) => `pk=${pk} sk=${sk} in table ${table}`;

/** What a run over both groups comes to, on a ledger with some items that cannot be read. */
async function runOn(change: (ledger: Ledger) => Partial<Ledger>, config = aConfig()) {
  const world = aWorld({ groups: [web, api], config, secret });
  const ledger = { ...world.ledger, ...change(world.ledger) };
  const report = await run(aRun(world), { ...world, ledger });
  const recording = await world.ledger.recording(report.runId);
  return {
    report,
    struck: report.strikes.map(({ group }) => group),
    reasonOf: (key: string) => report.decisions.find(({ group }) => group === key)?.reason,
    replayed: recording && replay(recording, secret, { faults, kinds }),
    announced: world.announced,
  };
}

describe('of items that cannot be read', () => {
  test('a record spares its group and no other; it is told, and the recording replays', async () => {
    const { report, struck, reasonOf, replayed, announced } = await runOn((ledger) => ({
      groupRecords: async (groups) => {
        const { found } = await ledger.groupRecords(groups.filter((key) => key !== web.key));
        return { found, unreadable: [item()] };
      },
    }));
    expect(struck).toEqual([api.key]);
    expect(reasonOf(web.key)?.text).toContain(`could not be checked: ledger item ${named(item())}`);
    expect(report.failures).toMatchObject([
      {
        stage: 'inspect',
        code: 'UnreadableItem',
        group: web.key,
        message: expect.stringContaining(named(item())),
      },
    ]);
    expect(announced).toEqual([report]);
    expect(isWorthAnnouncing(report)).toBe(true);
    expect(replayed).toMatchObject({ groups: 2, differences: 0 });
  });

  test('a counter spares the groups that it counts and no others', async () => {
    const counter = item({ pk: 'budget#group#x', sk: 'day#2026-11-23', group: undefined });
    const config = aConfig({ budgets: { perDay: { organization: 9, group: 9 } } });
    const { report, struck, reasonOf, replayed } = await runOn(
      ({ usage }) => ({
        usage: async (budgets) => {
          const { found } = await usage(budgets);
          const isBad = (index: number) =>
            budgets[index]?.scope === 'group' && budgets[index]?.of === web.key;
          return {
            found: found.map((count, index) => (isBad(index) ? undefined : count)),
            unreadable: budgets.flatMap((_, index) => (isBad(index) ? [counter] : [])),
          };
        },
      }),
      config,
    );
    expect(struck).toEqual([api.key]);
    expect(reasonOf(web.key)).toEqual({
      code: 'budget-exhausted',
      text: expect.stringContaining(`could not be checked: ledger item ${named(counter)}`),
    });
    expect(report.failures).toMatchObject([{ stage: 'inspect', code: 'UnreadableItem' }]);
    expect(replayed).toMatchObject({ differences: 0 });
  });

  test('an open strike spares its group and no other; told once, though it is met twice', async () => {
    const strike = item({ sk: 'strike#2026-11-20T09:00:00Z' });
    const nowhere = item({ pk: 'open', sk: 'by hand', group: undefined });
    const { report, struck, reasonOf, replayed } = await runOn(() => ({
      openStrikes: async () => ({ found: [], unreadable: [strike, nowhere, strike] }),
    }));
    expect(struck).toEqual([api.key]);
    expect(reasonOf(web.key)).toEqual({
      code: 'strike-unverified',
      text: expect.stringContaining(named(strike)),
    });
    expect(report.failures).toMatchObject([
      { stage: 'verify', code: 'UnreadableItem', message: expect.stringContaining(named(strike)) },
      { stage: 'verify', code: 'UnreadableItem', message: expect.stringContaining(named(nowhere)) },
    ]);
    expect(report.counts.failures).toBe(2);
    expect(replayed).toMatchObject({ differences: 0 });
  });

  test('a stop closes, and the run is told of all the same', async () => {
    const control = item({ pk: 'control', sk: 'control', group: undefined });
    const stop = { reason: 'not readable', by: 'somebody', at: '' };
    const { report, struck, announced } = await runOn((ledger) => ({
      control: async () => ({ ...(await ledger.control()), stop, unreadable: [control] }),
    }));
    expect(struck).toEqual([]);
    expect(report).toMatchObject({
      outcome: 'closed',
      failures: [
        { stage: 'control', code: 'UnreadableItem', message: expect.stringContaining(named(control)) },
      ],
    });
    expect(announced).toEqual([report]);
    expect(isWorthAnnouncing(report)).toBe(true);
  });

  test('verification passes over them, and looks after all others', async () => {
    const clock = aClock('2026-11-23T09:00:00Z');
    const world = aWorld({ clock });
    await world.ledger.claim(aClaim());
    clock.set(aClaim().abandonedAfter + 1);
    const { openStrikes } = world.ledger;
    const report = await verifyRun(aRun(world, {}, '00000002'), {
      ...world,
      ledger: {
        ...world.ledger,
        openStrikes: async () => ({ ...(await openStrikes()), unreadable: [item()] }),
      },
    });
    expect(report.failures.map(({ code }) => code).sort()).toEqual(['RunDied', 'UnreadableItem']);
    expect((await openStrikes()).found).toEqual([]);
  });
});
