import { describe, expect, test } from 'vitest';
import { sandboxWorld } from '#cli/sandbox/sandbox-world.ts';
import { worldMethod } from '#core/experiment/method/world-method.ts';
import type { MethodStep } from '#core/model/experiment.ts';
import type { World } from '#core/ports/world.ts';
import { usualMembers } from '#sandbox/auto-scaling/group-seed.ts';
import { VirtualClock } from '#sandbox/clock.ts';
import { silentJournal as journal } from '#wiring/silent-journal.ts';
import { aConfig } from '../../../support/a-config.ts';
import { aLambdaWorld } from './a-lambda-world.ts';

const id = '20261123T090000Z-00000001';
/** As many are struck at once. */
const atOnce = 8;

const slow: MethodStep = {
  name: 'slow',
  fault: { name: 'lambda-latency', parameters: { ms: 300, maxMs: null, percent: 100, minutes: 5 } },
  target: { kind: 'function', select: 'all' },
  holdMs: 60_000,
  startAfter: [],
};
const throttled: MethodStep = {
  ...slow,
  fault: { name: 'lambda-concurrency', parameters: { limit: 0, minutes: 5 } },
};
const stopGroups: MethodStep = {
  ...slow,
  fault: { name: 'ec2-terminate', parameters: { via: 'ec2' } },
  target: { kind: 'asg', select: { count: 20 } },
};

/** A step that is over as soon as the given call of the ledger has been made so often. Notes the calls that change something. */
async function strikeUntil(
  call: 'claim' | 'begin',
  times: number,
  step: MethodStep,
  { world, undoNow }: Pick<Awaited<ReturnType<typeof aLambdaWorld>>, 'world' | 'undoNow'>,
  meanwhile: (world: World) => Promise<unknown> = async () => {},
) {
  const over = new AbortController();
  const calls: string[] = [];
  const { ledger } = world;
  const count = async (name: 'claim' | 'begin') => {
    if (over.signal.aborted) calls.push(`${name} after it was over`);
    calls.push(name);
    if (name !== call || calls.filter((one) => one === name).length !== times) return;
    over.abort();
    await meanwhile(world);
  };
  const { fleet } = world;
  const counting: World = {
    ...world,
    fleet: {
      ...fleet,
      inspect: (groups, run) => {
        if (over.signal.aborted) calls.push('inspect after it was over');
        return fleet.inspect(groups, run);
      },
    },
    ledger: {
      ...ledger,
      claim: async (claim, undo) => {
        const claimed = await ledger.claim(claim, undo);
        await count('claim');
        return claimed;
      },
      begin: async (strike) => {
        await count('begin');
        return ledger.begin(strike);
      },
    },
  };
  const method = worldMethod(id, counting, undoNow);
  const resolved = await method.resolve(step, 1);
  expect(resolved.rounds.flat().length).toBeGreaterThanOrEqual(20);
  const struck = await method.strike(step, resolved, 1, { over: over.signal, struck: () => {} });
  return { calls, ...struck };
}

const isStriking = (value: string) => value.includes('latency');

describe('a step of 100 functions that is over while it strikes', () => {
  test('begins none any more, and injects no fault that was about to be', async () => {
    const lambdas = await aLambdaWorld(100);
    const { calls, strikes, failures } = await strikeUntil('begin', 20, slow, lambdas);
    const begun = calls.filter((one) => one === 'begin').length;
    // Those that were being begun at that moment.
    expect(begun).toBeLessThanOrEqual(20 + atOnce);
    expect(calls.filter((one) => one.startsWith('claim after')).length).toBeLessThanOrEqual(atOnce);
    expect(calls).not.toContain('inspect after it was over');
    const inPlace = lambdas.values().filter(isStriking).length;
    expect(inPlace).toBeLessThanOrEqual(20);
    expect(strikes.filter(({ outcome }) => outcome === 'succeeded')).toHaveLength(inPlace);
    expect(failures).toEqual([]);
  });

  test('injects nothing of what it has just begun', async () => {
    const lambdas = await aLambdaWorld(100);
    const { calls, strikes } = await strikeUntil('begin', 1, slow, lambdas);
    expect(calls.filter((one) => one === 'begin').length).toBeLessThanOrEqual(atOnce);
    expect(lambdas.values().filter(isStriking)).toEqual([]);
    expect(strikes.map(({ outcome }) => outcome)).toContain('failed');
    expect(strikes.map(({ outcome }) => outcome)).not.toContain('succeeded');
    expect((await lambdas.world.ledger.openUndos()).found).toEqual([]);
  });

  test.each([
    ['', slow],
    [', nor makes schedules for', throttled],
  ])('leaves nothing of what it has claimed%s', async (_, step) => {
    const lambdas = await aLambdaWorld(step === slow ? 100 : 20);
    const { calls, strikes } = await strikeUntil('claim', 1, step, lambdas);
    expect(calls.filter((one) => one.startsWith('begin'))).toEqual([]);
    expect(strikes).toEqual([]);
    expect(lambdas.values().filter(isStriking)).toEqual([]);
    expect(await lambdas.world.ledger.openUndos()).toEqual({ found: [], unreadable: [] });
    expect((await lambdas.world.ledger.openStrikes()).found).toEqual([]);
  });

  test('leaves nothing of it either where whoever undoes the others has taken it', async () => {
    const lambdas = await aLambdaWorld(100);
    const { world, undoNow } = lambdas;
    const method = worldMethod(id, world, undoNow);
    const { calls } = await strikeUntil('claim', 3, slow, lambdas, () => method.undo());
    expect(calls).toContain('claim');
    expect((await world.ledger.openUndos()).found.filter(({ state }) => state === 'reserved')).toEqual([]);
  });
});

test.each([
  ['claim', 10],
  ['begin', 1],
] as const)('a step whose faults are done once does none any more, over at a %s', async (call, times) => {
  const clock = new VirtualClock({ startsAt: Date.parse('2026-11-23T09:00:00Z'), jumps: true });
  const config = aConfig({ budgets: { unverified: {} } });
  const newSecret = () => 'ab'.repeat(32);
  const { sandbox, world } = sandboxWorld({ config, clock, journal, newSecret, fleet: () => {} });
  for (let index = 0; index < 20; index += 1) {
    sandbox
      .account('222222222222')
      .region('eu-west-1')
      .autoScalingGroup({
        ...{ name: `web-${index}`, desired: 6, members: usualMembers(6) },
        tags: { 'chaos:opt-in': 'true' },
      });
  }
  const undoNow = async () => new Map<string, string>();
  const { calls, strikes } = await strikeUntil(call, times, stopGroups, { world, undoNow });
  expect(calls.filter((one) => one.startsWith('begin after')).length).toBeLessThan(atOnce);
  // What was done before that: nothing but it is between a claim and its strike.
  expect(strikes.filter(({ outcome }) => outcome === 'succeeded').length).toBeLessThan(times);
  const { found } = await world.ledger.openStrikes();
  expect(found.map(({ state }) => state)).toEqual(
    strikes.flatMap(({ outcome }) => (outcome === 'succeeded' ? ['succeeded'] : [])),
  );
});
