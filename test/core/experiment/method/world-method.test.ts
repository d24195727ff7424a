import { describe, expect, test } from 'vitest';
import { worldMethod } from '#core/experiment/method/world-method.ts';
import type { MethodStep } from '#core/model/experiment.ts';
import type { StruckTarget } from '#core/reports/experiment-report.ts';
import { aLambdaWorld } from './a-lambda-world.ts';

const id = '20261123T090000Z-00000001';

const step = (select: MethodStep['target']['select']): MethodStep => ({
  name: 'slow',
  fault: {
    name: 'lambda-latency',
    parameters: { ms: 300, maxMs: null, percent: 100, minutes: 5 },
  },
  target: { kind: 'function', select },
  holdMs: 60_000,
  startAfter: [],
});

const planned = (...method: readonly MethodStep[]) => ({ method: [...method], stages: [{}] });
const beside = { over: new AbortController().signal, struck: () => {} };
const failing: MethodStep = {
  ...step({ count: 1 }),
  name: 'failing',
  fault: { name: 'lambda-error', parameters: { percent: 100, minutes: 5 } },
};
const throttled: MethodStep = {
  ...step({ count: 1 }),
  name: 'throttled',
  fault: { name: 'lambda-concurrency', parameters: { limit: 0, minutes: 5 } },
};

describe('the method of an experiment, on the sandbox', () => {
  test('resolves, strikes and undoes as many functions as are selected', async () => {
    const { world, undoNow, values } = await aLambdaWorld(4);
    const method = worldMethod(id, world, undoNow);
    expect(await method.closed(planned(step({ count: 1 })))).toBeUndefined();
    const resolved = await method.resolve(step({ percent: 50 }), 1);
    expect(resolved).toMatchObject({ found: 4, wanted: 2, failures: [], spared: [] });
    expect(await method.resolve(step({ percent: 50 }), 1)).toEqual(resolved);

    const { strikes, failures } = await method.strike(step({ percent: 50 }), resolved, 1, beside);
    expect(failures).toEqual([]);
    expect(strikes.map(({ outcome }) => outcome)).toEqual(['succeeded', 'succeeded']);
    expect(strikes.map(({ group }) => group).sort()).toEqual(resolved.rounds.flat());
    expect(values().filter((value) => value.includes('latency'))).toHaveLength(2);

    expect(await method.undo()).toEqual([]);
    expect(values().filter((value) => value.includes('"enabled":true'))).toEqual([]);
    expect(await method.undo()).toEqual([]);
  });

  test('knows which of its faults somebody else has undone, or is undoing', async () => {
    const { world, undoNow } = await aLambdaWorld(3);
    const method = worldMethod(id, world, undoNow);
    const { strikes } = await method.strike(step('all'), await method.resolve(step('all'), 1), 1, beside);
    const [first = '', second = '', third = ''] = strikes.flatMap(({ undo }) => undo ?? []);
    expect(await method.undone([first, second, third])).toEqual([]);
    await undoNow([second], { runId: 'undo-1', deadline: Number.MAX_SAFE_INTEGER, surveyBy: 0 });
    const { found } = await world.ledger.openUndos();
    const entry = found.find((one) => one.id === third);
    if (entry === undefined) throw new Error('no entry');
    await world.ledger.changeUndo(entry, { state: 'undoing' });
    expect(await method.undone([first, second, third])).toEqual([second, third]);
  });

  test('is closed while a stop is set, and where the configuration is leashed', async () => {
    const { world, undoNow } = await aLambdaWorld(1);
    await world.ledger.setStop({ reason: 'no', by: 'alice', at: '2026-11-23T09:00:00Z' });
    expect(await worldMethod(id, world, undoNow).closed(planned(step({ count: 1 })))).toMatch(/^gate stop: /);
    const leashed = { ...world, config: { ...world.config, leashed: true } };
    expect(await worldMethod(id, leashed, undoNow).closed(planned(step({ count: 1 })))).toMatch(
      /leashed: true/,
    );
  });

  test('is closed where steps that are in place at once would strike one function twice, or more than budgets allow', async () => {
    const closed = async (functions: number, app: string | undefined, ...method: readonly MethodStep[]) => {
      const lambda = await aLambdaWorld(functions, app === undefined ? {} : { 'chaos:app': app });
      const why = await worldMethod(id, lambda.world, lambda.undoNow).closed(planned(...method));
      expect(lambda.values()).toEqual(lambda.values().map(() => '{}'));
      expect((await lambda.world.ledger.openUndos()).found).toEqual([]);
      return why;
    };
    const [slow, after] = [step({ count: 1 }), { ...failing, startAfter: ['slow'] }];
    expect(await closed(1, undefined, slow, failing)).toMatch(
      /^step failing: .* slow .*lambda-latency and lambda-error .*function\/images-0/,
    );
    expect(await closed(1, undefined, slow, after)).toBeUndefined();
    expect(await closed(1, 'shop', slow, throttled)).toBeUndefined();
    expect(await closed(2, undefined, slow, failing)).toBeUndefined();
    expect(await closed(2, undefined, step('all'), failing)).toMatch(/^step failing: /);
    const spent = /^step \w+: .*1 unverified strike at a time for app shop/;
    expect(await closed(2, 'shop', slow, failing)).toMatch(spent);
    expect(await closed(2, 'shop', slow, after)).toBeUndefined();
    expect(await closed(2, 'shop', step('all'))).toMatch(spent);
    expect(await closed(2, undefined, step('all'))).toBeUndefined();
  });

  test('spares what is vetoed, and says why', async () => {
    const { world, undoNow, keys } = await aLambdaWorld(2);
    const [vetoed = ''] = keys;
    const until = '2026-11-24T09:00:00Z';
    await world.ledger.setVeto(vetoed, { reason: 'sale', by: 'alice', at: '2026-11-23T09:00:00Z', until });
    const resolved = await worldMethod(id, world, undoNow).resolve(step('all'), 1);
    expect(resolved).toMatchObject({
      found: 1,
      wanted: 1,
      spared: [{ group: vetoed, reason: { code: 'vetoed' } }],
    });
  });

  test('strikes again in its next stage, whatever the cooldown is', async () => {
    const { world, undoNow } = await aLambdaWorld(1);
    const method = worldMethod(id, world, undoNow);
    for (const stage of [1, 2]) {
      const resolved = await method.resolve(step({ count: 1 }), stage);
      const { strikes } = await method.strike(step({ count: 1 }), resolved, stage, beside);
      expect(strikes.map(({ outcome }) => outcome)).toEqual(['succeeded']);
      expect(await method.undo()).toEqual([]);
      await method.recovered();
    }
  });

  test('resolves and strikes as long as it takes, though a session lasts 15 minutes', async () => {
    const { world, undoNow, clock } = await aLambdaWorld(1);
    const method = worldMethod(id, world, undoNow);
    for (const stage of [1, 2]) {
      const resolved = await method.resolve(step({ count: 1 }), stage);
      expect(resolved).toMatchObject({ found: 1, failures: [] });
      const { strikes } = await method.strike(step({ count: 1 }), resolved, stage, beside);
      expect(strikes.map(({ outcome }) => outcome)).toEqual(['succeeded']);
      expect(await method.undo()).toEqual([]);
      await method.recovered();
      await clock.sleep(16 * 60_000);
    }
  });

  test('does one thing after the other to a function, in one stage, and knows which is which', async () => {
    const { world, undoNow, values } = await aLambdaWorld(1);
    const method = worldMethod(id, world, undoNow);
    const undone: (string | undefined)[] = [];
    for (const next of [step({ count: 1 }), failing]) {
      const resolved = await method.resolve(next, 1);
      expect(resolved).toMatchObject({ found: 1, spared: [] });
      const { strikes } = await method.strike(next, resolved, 1, beside);
      expect(strikes).toMatchObject([{ outcome: 'succeeded', fault: { name: next.fault.name } }]);
      expect(await method.undo(strikes.flatMap(({ undo = '' }) => undo))).toEqual([]);
      expect(values()).toEqual(['{}']);
      undone.push(...strikes.map(({ undo }) => undo));
    }
    expect(new Set(undone).size).toBe(2);
  });

  test.each([
    ['one', [step({ count: 1 }), throttled]],
    ['the other', [throttled, step({ count: 1 })]],
  ])('does two things at once to a function, %s first, each with an undo of its own', async (_, steps) => {
    const { world, undoNow } = await aLambdaWorld(1);
    const method = worldMethod(id, world, undoNow);
    const made: StruckTarget[] = [];
    for (const next of steps) {
      const { strikes } = await method.strike(next, await method.resolve(next, 1), 1, beside);
      made.push(...strikes);
    }
    expect(made.map(({ outcome }) => outcome)).toEqual(['succeeded', 'succeeded']);
    const { found } = await world.ledger.openUndos();
    expect(made.map(({ undo }) => found.find((entry) => entry.id === undo)?.fault.name)).toEqual(
      steps.map(({ fault }) => fault.name),
    );
  });

  test('never does two things at once that would change the same', async () => {
    const { world, undoNow } = await aLambdaWorld(1);
    const method = worldMethod(id, world, undoNow);
    await method.strike(step({ count: 1 }), await method.resolve(step({ count: 1 }), 1), 1, beside);
    const resolved = await method.resolve(failing, 1);
    expect(resolved).toMatchObject({ found: 0, spared: [{ reason: { code: 'fault-unfit' } }] });
  });
});
