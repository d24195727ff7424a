import { describe, expect, test } from 'vitest';
import { run } from '#core/run/run.ts';
import { verifyRun } from '#core/run/verify-run.ts';
import { lambdaConcurrency } from '#faults/functions/lambda-concurrency.ts';
import { aStrikeWorld, minuteMs, optIn } from '../../faults/lasting/a-strike-world.ts';
import { aRun } from '../../support/a-run.ts';

const key = '222222222222/eu-west-1/function/checkout';
const stop = { reason: 'sale day', by: 'ann', at: '2026-11-23T09:00:00Z' };

function aWorldWithAFunction() {
  const world = aStrikeWorld(lambdaConcurrency);
  const checkout = world.region.functions.add({ name: 'checkout', tags: optIn, reserved: 50 });
  const at = world.clock.now() - 30 * minuteMs;
  world.region.metrics.put({
    namespace: 'AWS/Lambda',
    name: 'Invocations',
    dimensions: { FunctionName: 'checkout' },
    at,
    value: 12,
  });
  return { world, checkout, runs: world.forRuns() };
}

describe('a run whose fault lasts', () => {
  test('strikes, waits for the undo, and then judges whether the group has recovered', async () => {
    const { world, checkout, runs } = aWorldWithAFunction();
    const report = await run(aRun(runs), runs);
    expect(report.failures).toEqual([]);
    expect(report.strikes).toMatchObject([
      { group: key, outcome: 'succeeded', fault: { name: 'lambda-concurrency' } },
    ]);
    expect(checkout.reserved).toBe(0);

    await world.pass(4 * minuteMs);
    await world.janitor();
    expect((await verifyRun(aRun(runs, {}, '00000002'), runs)).recoveries).toEqual([]);
    expect(checkout.reserved).toBe(0);

    await world.pass(minuteMs + 1_000);
    await world.janitor();
    expect(checkout.reserved).toBe(50);
    await world.pass(minuteMs);
    const verified = await verifyRun(aRun(runs, {}, '00000003'), runs);
    expect(verified.recoveries).toMatchObject([{ group: key, recovery: { outcome: 'recovered' } }]);
    expect((await world.ledger.openStrikes()).found).toEqual([]);
  });

  test('prepares it when leashed, touches nothing, and reports what it would have done', async () => {
    const { world, checkout, runs } = aWorldWithAFunction();
    const report = await run(aRun(runs, { dryRun: true }), runs);
    expect(report.strikes).toMatchObject([{ group: key, outcome: 'leashed' }]);
    expect(world.calls.map(({ action }) => action)).toContain('lambda:GetFunctionConcurrency');
    expect(checkout.reserved).toBe(50);
    expect(await world.openEntries()).toEqual([]);
  });

  test('names what its role lacks to prepare it, leashed as well', async () => {
    const { world, runs } = aWorldWithAFunction();
    world.sandbox.disruptions.deny({ action: 'lambda:GetFunctionConcurrency' });
    const report = await run(aRun(runs, { dryRun: true }), runs);
    expect(report.decisions).toMatchObject([
      {
        verdict: 'spare',
        reason: { code: 'not-prepared', text: expect.stringContaining('GetFunctionConcurrency') },
      },
    ]);
  });

  test('spares a function that cannot take it', async () => {
    const { checkout, runs } = aWorldWithAFunction();
    checkout.reserved = 0;
    const report = await run(aRun(runs), runs);
    expect(report.decisions).toMatchObject([{ verdict: 'spare', reason: { code: 'fault-unfit' } }]);
    expect(report.strikes).toEqual([]);
  });

  test('spares what another strike holds, and says which', async () => {
    const { world, runs } = aWorldWithAFunction();
    const target = await world.find('checkout');
    const prepared = { saved: { before: 50, ours: 0 }, locks: [target.arns.function ?? ''], hits: [] };
    const other = { ...target, group: `${key}-other` };
    const held = await world.reserveAs(other, { limit: 0, minutes: 5 }, prepared, 'run-0');
    const report = await run(aRun(runs), runs);
    expect(report.decisions).toMatchObject([
      { verdict: 'spare', reason: { code: 'locked', text: expect.stringContaining(held.id) } },
    ]);
  });

  test('leaves nothing behind where a stop is set just before it begins', async () => {
    const { world, checkout, runs } = aWorldWithAFunction();
    const { claim } = runs.ledger;
    const stopping = {
      ...runs,
      ledger: {
        ...runs.ledger,
        claim: async (...args: Parameters<typeof claim>) => {
          const outcome = await claim(...args);
          await world.ledger.setStop(stop);
          return outcome;
        },
      },
    };
    const report = await run(aRun(runs), stopping);
    expect(report.decisions).toMatchObject([{ reason: { code: 'stop' } }]);
    expect(checkout.reserved).toBe(50);
    expect(await world.openEntries()).toEqual([]);
  });

  test('is no failure where a janitor has taken what the stop keeps it from', async () => {
    const { world, checkout, runs } = aWorldWithAFunction();
    const { begin } = runs.ledger;
    const stopping = {
      ...runs,
      ledger: {
        ...runs.ledger,
        begin: async (id: Parameters<typeof begin>[0]) => {
          await world.ledger.setStop(stop);
          await world.janitor();
          return begin(id);
        },
      },
    };
    const report = await run(aRun(runs), stopping);
    expect(report.decisions).toMatchObject([{ verdict: 'spare', reason: { code: 'stop' } }]);
    expect(report.failures).toEqual([]);
    expect(checkout.reserved).toBe(50);
    await world.janitors(12);
    expect(await world.openEntries()).toEqual([]);
  });

  test('does not begin what would last longer than the schedule has its people there', async () => {
    const { world, runs } = aWorldWithAFunction();
    await world.pass(7 * 60 * minuteMs - 4 * minuteMs);
    world.region.metrics.put({
      namespace: 'AWS/Lambda',
      name: 'Invocations',
      dimensions: { FunctionName: 'checkout' },
      at: world.clock.now() - 10 * minuteMs,
      value: 1,
    });
    const report = await run(aRun(runs), runs);
    expect(report.decisions).toMatchObject([
      { reason: { code: 'schedule', text: "the schedule's window would close before the fault ends" } },
    ]);
  });
});
