import { describe, expect, test } from 'vitest';
import { UndoReport } from '#core/reports/undo-report.ts';
import { parse } from '#core/util/parse.ts';
import { minuteMs } from '../../faults/lasting/a-strike-world.ts';
import { anExperimentRecord } from '../../support/an-experiment-record.ts';
import { mistakesIn } from '../../support/mistakes-in.ts';
import { aJanitor, concurrency } from './a-janitor.ts';

describe('the schedule', () => {
  test('undoes what is due, and nothing before', async () => {
    const { strike, pass, invoke, checkout, logged } = await aJanitor();
    await strike();
    await pass(4 * minuteMs);
    expect(await invoke({})).toMatchObject({ strikes: [], open: 1, failures: [] });
    expect(checkout.reserved).toBe(0);
    await pass(minuteMs + 1_000);
    const report = await invoke({});
    expect(parse(UndoReport, JSON.parse(JSON.stringify(report)), 'report')).toEqual(report);
    expect(report).toMatchObject({
      runId: '20261123T090501Z-3f9a1c2b',
      strikes: [{ outcome: 'ended', text: 'undone' }],
      open: 0,
      failures: [],
    });
    expect(checkout.reserved).toBe(50);
    expect(logged).toHaveLength(2);
  });

  test('undoes all at once under a stop', async () => {
    const { strike, invoke, checkout, ledger } = await aJanitor();
    await strike();
    await ledger.setStop({ reason: 'r', by: 'b', at: '2026-11-23T09:00:00Z' });
    expect(await invoke(undefined)).toMatchObject({ open: 0 });
    expect(checkout.reserved).toBe(50);
  });
});

test('takes nothing for ours that was never sent, though its owner has set what we would have', async () => {
  const { find, reserve, invoke, openEntries, pass, checkout, ledger } = await aJanitor();
  await reserve(await find('checkout'), { limit: 0, minutes: 5 });
  checkout.reserved = 0;
  for (let minute = 0; minute < 12; minute += 1) {
    await pass(minuteMs);
    await invoke({});
  }
  expect(checkout.reserved).toBe(0);
  expect(await openEntries()).toEqual([]);
  expect((await ledger.endedUndos(1)).found).toMatchObject([{ end: 'withdrawn' }]);
});

describe('an order', () => {
  test.each([
    ['all', () => ({ all: true })],
    ['a strike', ({ id }: { id: string }) => ({ strikes: [id] })],
    ['an account', () => ({ account: '222222222222' })],
  ])('to undo %s is carried out before its time', async (_name, order) => {
    const { strike, invoke, checkout } = await aJanitor();
    expect(await invoke(order(await strike()))).toMatchObject({ open: 0 });
    expect(checkout.reserved).toBe(50);
  });

  test.each([
    ['another strike', { strikes: ['0123456789abcdef'] }],
    ['another account', { account: '333333333333' }],
  ])('to undo %s leaves it', async (_name, order) => {
    const { strike, invoke, checkout } = await aJanitor();
    await strike();
    expect(await invoke(order)).toMatchObject({ open: 1 });
    expect(checkout.reserved).toBe(0);
  });

  test('to accept a contested one closes it as it is', async () => {
    const { strike, invoke, checkout, openEntries } = await aJanitor();
    const { id } = await strike();
    checkout.reserved = 7;
    expect(await invoke({ all: true })).toMatchObject({ strikes: [{ outcome: 'contested' }], open: 1 });
    await invoke({ strikes: [id], accept: true });
    expect(await openEntries()).toEqual([]);
    expect(checkout.reserved).toBe(7);
  });

  describe('to close one that is accepted', () => {
    const outOfReach = {
      open: async () => {
        throw Object.assign(new Error('not authorized to perform sts:AssumeRole'), { name: 'AccessDenied' });
      },
    };
    const failed = async () => {
      const janitor = await aJanitor();
      const { id, deadline, selfExpiry } = await janitor.strike();
      const { world, pass, invoke, openEntries } = janitor;
      world.undoer = outOfReach;
      await pass(Date.parse(deadline) + 1_000 - janitor.clock.now());
      await invoke({});
      expect(await openEntries()).toMatchObject([{ state: 'undo-failed' }]);
      return { ...janitor, id, selfExpiry };
    };

    test('closes what cannot be undone, and names the schedule that may still fire', async () => {
      const { id, selfExpiry, invoke, openEntries, checkout, ledger } = await failed();
      const report = await invoke({ strikes: [id], accept: true });
      expect(report?.strikes).toMatchObject([{ id, outcome: 'ended' }]);
      expect(report?.strikes[0]?.text).toMatch(
        new RegExp(`^accepted: its schedule chaos-${id} in .* may still fire at ${selfExpiry.at}`),
      );
      expect(await openEntries()).toEqual([]);
      expect(checkout.reserved).toBe(0);
      expect((await ledger.endedUndos(1)).found).toMatchObject([{ end: 'accepted' }]);
    });

    test('closes what another version has injected, and deletes its schedule', async () => {
      const { strike, invoke, pass, openEntries, region, world } = await aJanitor();
      const { id } = await strike();
      world.faults = new Map([[concurrency.name, { ...concurrency, version: 9 }]]);
      await pass(6 * minuteMs);
      await invoke({});
      const report = await invoke({ strikes: [id], accept: true });
      expect(report?.strikes).toMatchObject([{ outcome: 'ended', text: 'accepted' }]);
      expect(await openEntries()).toEqual([]);
      expect(region.schedules.all).toEqual([]);
    });

    test('closes what is contested where its account is out of reach', async () => {
      const { strike, invoke, checkout, openEntries, world } = await aJanitor();
      const { id } = await strike();
      checkout.reserved = 7;
      await invoke({ all: true });
      world.undoer = outOfReach;
      expect(await invoke({ strikes: [id], accept: true })).toMatchObject({ open: 0 });
      expect(await openEntries()).toEqual([]);
    });

    test('closes one of which nobody can find out how far it came', async () => {
      const { find, reserve, invoke, pass, openEntries, world } = await aJanitor();
      const { id } = await reserve(await find('checkout'), { limit: 0, minutes: 5 });
      world.undoer = outOfReach;
      await pass(8 * minuteMs);
      await invoke({});
      expect(await openEntries()).toMatchObject([{ state: 'reserved', attempts: 1 }]);
      await invoke({ strikes: [id], accept: true });
      expect(await openEntries()).toEqual([]);
    });

    test('undoes it where nothing is wrong with it', async () => {
      const { strike, invoke, checkout } = await aJanitor();
      const { id } = await strike();
      expect(await invoke({ strikes: [id], accept: true })).toMatchObject({ strikes: [{ text: 'undone' }] });
      expect(checkout.reserved).toBe(50);
    });

    test('leaves others that fail', async () => {
      const { invoke, openEntries } = await failed();
      await invoke({ strikes: ['0123456789abcdef'], accept: true });
      expect(await openEntries()).toHaveLength(1);
    });
  });

  test.each([
    [{ al: true }, ['al']],
    [{ all: 'yes' }, ['all']],
    [{ strikes: [] }, ['strikes']],
    [{ strikes: ['checkout'] }, ['strikes[0]']],
    [{ account: 222_222_222_222 }, ['account']],
    [{ all: true, accept: true }, ['strikes']],
    ['all', ['(root)']],
  ])('that is none is refused, and says what is wrong: %j', async (order, paths) => {
    const { strike, invoke, checkout } = await aJanitor();
    await strike();
    const refusal = await invoke(order).catch((error: unknown) => error);
    const refuse = () => {
      throw refusal;
    };
    expect(mistakesIn(refuse)).toEqual(paths);
    expect(checkout.reserved).toBe(0);
  });
});

describe('an alarm that goes off', () => {
  const alarm = { account: '111111111111', region: 'eu-west-1', name: 'checkout' };
  const arn = 'arn:aws:cloudwatch:eu-west-1:111111111111:alarm:checkout';
  const during = async () => {
    const janitor = await aJanitor();
    const { runId } = await janitor.strike();
    const leaseUntil = janitor.clock.now() + 60 * minuteMs;
    const stopConditions = [{ name: 'checkout-burning', arn }];
    await janitor.ledger.beginExperiment(anExperimentRecord({ id: runId, leaseUntil, stopConditions }));
    const woken: string[] = [];
    janitor.world.sleepers.wake = async (callback: string) => woken.push(callback) > 0;
    const at = new Date(janitor.clock.now()).toISOString();
    return {
      ...janitor,
      runId,
      leaseUntil,
      woken,
      fire: (change = {}) => janitor.invoke({ alarm: { ...alarm, at, ...change } }),
    };
  };

  test('and is a stop condition of what is running stops that, undoes what it has in place, and wakes it', async () => {
    const { fire, ledger, runId, leaseUntil, clock, checkout, woken } = await during();
    const lease = { now: clock.now(), until: leaseUntil, isWaiting: true, wakeUp: 'callback' };
    await ledger.renewLease(runId, lease);
    expect(await fire()).toBeUndefined();
    expect(checkout.reserved).toBe(50);
    expect((await ledger.experiment(runId))?.stop?.by).toBe('stop condition checkout-burning');
    expect(woken).toEqual(['callback']);
    // Delivered twice.
    const stopped = await ledger.experiment(runId);
    await fire();
    expect(await ledger.experiment(runId)).toEqual(stopped);
  });

  test.each([{ name: 'orders' }, { account: '222222222222' }, { region: 'eu-west-2' }])(
    'and is none leaves everything, and makes no round: %j',
    async (change) => {
      const { fire, ledger, runId, checkout, logged } = await during();
      expect(await fire(change)).toBeUndefined();
      expect(checkout.reserved).toBe(0);
      expect((await ledger.experiment(runId))?.stop).toBeUndefined();
      expect(logged).toEqual([]);
    },
  );

  test.each([
    ['an event as it is', { source: 'aws.cloudwatch', alarm: arn }],
    ['an alarm beside an order', { alarm: { ...alarm, at: '2026-11-23T09:00:00Z' }, all: true }],
    ['an alarm without a moment', { alarm }],
  ])('in another shape is refused, and nothing is done: %s', async (_, event) => {
    const { invoke, checkout, ledger, runId } = await during();
    await expect(invoke(event)).rejects.toThrow(/^order is not valid/);
    expect(checkout.reserved).toBe(0);
    expect((await ledger.experiment(runId))?.stop).toBeUndefined();
  });
});

describe('a fault that does not end', () => {
  test('because its tag was removed raises the alarm after five minutes, and is announced once a day', async () => {
    const { strike, pass, invoke, alarms, announced, checkout } = await aJanitor();
    const { id } = await strike();
    checkout.tags = {};
    await pass(5 * minuteMs + 1_000);
    for (let minute = 0; minute < 5; minute += 1) {
      await invoke({});
      expect(alarms.length + announced.length).toBe(0);
      await pass(minuteMs);
    }
    for (let minute = 0; minute < 30; minute += 1) {
      await invoke({});
      await pass(minuteMs);
    }
    expect(alarms.length).toBeGreaterThanOrEqual(2);
    expect(announced).toMatchObject([
      {
        strikes: [
          {
            ...{ id, outcome: 'failing' },
            byHand: [
              expect.stringContaining('aws lambda put-function'),
              expect.stringContaining(
                `aws scheduler delete-schedule --group-name chaos-undo --name chaos-${id} `,
              ),
            ],
          },
        ],
      },
    ]);
    await pass(24 * 60 * minuteMs);
    await invoke({});
    expect(announced).toHaveLength(2);
  });

  test('because AWS is busy with its target for ever raises the alarm after five minutes', async () => {
    const { strike, pass, invoke, world, alarms, announced } = await aJanitor();
    const { id, byHand } = await strike();
    const undo = async () => ({ outcome: 'busy' as const, why: 'it is being updated' });
    world.faults = new Map([[concurrency.name, { ...concurrency, undo }]]);
    await pass(8 * minuteMs);
    await invoke({});
    expect(alarms.length + announced.length).toBe(0);
    await pass(2 * minuteMs);
    await invoke({});
    expect(alarms).toHaveLength(1);
    const text = expect.stringContaining('it is being updated');
    expect(announced).toMatchObject([{ strikes: [{ id, outcome: 'failing', text, byHand }] }]);
  });

  test('only because it is not sure yet that nothing more comes raises no alarm', async () => {
    const { strike, pass, invoke, ledger, alarms } = await aJanitor();
    const entry = await strike();
    const abandonedAfter = Date.parse(entry.deadline) + 12 * minuteMs;
    const open = { ...entry, state: 'injecting', activeAt: undefined, abandonedAfter } as const;
    ledger.openUndos = async () => ({ found: [open], unreadable: [] });
    ledger.changeUndo = async (one, changes) => ({ ...one, ...changes });
    await pass(11 * minuteMs);
    expect(await invoke({})).toMatchObject({ strikes: [{ outcome: 'waits' }], open: 1 });
    expect(alarms).toEqual([]);
  });

  test('because somebody else has changed its target is announced at once, and each day until it is accepted', async () => {
    const { strike, pass, invoke, alarms, announced, checkout } = await aJanitor();
    const { id } = await strike();
    checkout.reserved = 7;
    await pass(5 * minuteMs + 1_000);
    await invoke({});
    await invoke({});
    // Its schedule is gone, and so is the command against it.
    const byHand = [expect.stringContaining('aws lambda put-function')];
    expect(announced).toMatchObject([{ strikes: [{ id, outcome: 'contested', byHand }] }]);
    expect(alarms).toHaveLength(2);
    await pass(24 * 60 * minuteMs);
    await invoke({});
    expect(announced).toHaveLength(2);
  });

  test('because its entry cannot be read is announced once a day, and raises the alarm', async () => {
    const { strike, pass, invoke, world, alarms, announced } = await aJanitor();
    await strike();
    const item = { table: 't', pk: 'undo', sk: '1', why: 'state: found nothing', group: 'g' };
    world.ledger.openUndos = async () => ({ found: [], unreadable: [item] });
    expect(await invoke({})).toMatchObject({ open: 1 });
    await pass(minuteMs);
    await invoke({});
    expect([alarms.length, announced.length]).toEqual([2, 1]);
  });

  test('is announced again where the message was not taken', async () => {
    const { strike, pass, invoke, world, announced, checkout } = await aJanitor();
    await strike();
    checkout.reserved = 7;
    await pass(5 * minuteMs + 1_000);
    const { announceUndo } = world.announcer;
    world.announcer.announceUndo = async () => Promise.reject(new Error('no topic'));
    const report = await invoke({});
    expect(report?.failures).toContainEqual(
      expect.objectContaining({ stage: 'announce', message: 'no topic' }),
    );
    world.announcer.announceUndo = announceUndo;
    await invoke({});
    expect(announced).toHaveLength(1);
  });
});
