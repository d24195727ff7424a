import { describe, expect, test } from 'vitest';
import { plainHost } from '#core/experiment/engine/plain-host.ts';
import { runExperiment } from '#core/experiment/engine/run-experiment.ts';
import { worldMethod } from '#core/experiment/method/world-method.ts';
import type { Experiment } from '#core/model/experiment.ts';
import type { UnreadableUndo } from '#core/model/unreadable-item.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import { aRun, fakePorts } from '../engine/an-experiment.ts';
import { aLambdaWorld } from './a-lambda-world.ts';
import { beside, type LambdaWorld, slowFunctions } from './a-slow-function.ts';

const experiment = slowFunctions({ count: 1 });
const [slow] = experiment.method as [Experiment['method'][number]];
const run = aRun({ experiment });

function methodOn({ world, undoNow }: LambdaWorld, changes: Partial<Ledger>) {
  return worldMethod(run.id, { ...world, ledger: { ...world.ledger, ...changes } }, undoNow);
}

/** The ledger while it shows entries only as far as another version can read them. */
function unread({ world }: LambdaWorld, { isNameless = false } = {}): Pick<Ledger, 'openUndos'> {
  return {
    openUndos: async () => {
      const { found } = await world.ledger.openUndos();
      const unreadable = found.map(({ id: sk, group, runId, byHand }): UnreadableUndo => {
        const item = { table: 'chaos-ledger', pk: 'undo', sk, why: 'a newer version wrote it', group };
        return { ...item, byHand, ...(!isNameless && { runId }) };
      });
      return { found: [], unreadable };
    },
  };
}

async function runOn(lambdas: LambdaWorld, changes: Partial<Ledger>) {
  const { clock } = lambdas;
  const { ports } = fakePorts({ experiment }, clock);
  const host = plainHost(clock, async () => false);
  return runExperiment(run, host, { ...ports, method: methodOn(lambdas, changes) });
}

/** Works but for some calls, 0 for the first. */
function failingAt<Answer>(calls: readonly number[], ask: () => Promise<Answer>): () => Promise<Answer> {
  let asked = -1;
  return async () => {
    asked += 1;
    if (calls.includes(asked)) throw Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
    return ask();
  };
}

describe('where undo entries cannot be listed after a strike', () => {
  test('it is a strike all the same, and what undoes it is known', async () => {
    const lambdas = await aLambdaWorld(1);
    const { ledger } = lambdas.world;
    const method = methodOn(lambdas, { openUndos: failingAt([0], ledger.openUndos) });
    const { strikes, failures } = await method.strike(slow, await method.resolve(slow, 1), 1, beside);
    expect(strikes).toMatchObject([{ outcome: 'succeeded', from: expect.any(String) }]);
    expect(failures).toMatchObject([{ stage: 'undo', code: 'ThrottlingException' }]);
    const { found } = await ledger.openUndos();
    expect(strikes.map(({ undo }) => undo)).toEqual(found.map(({ id }) => id));
  });

  test('the experiment goes on, with its undo and its recovery', async () => {
    const lambdas = await aLambdaWorld(1);
    const openUndos = failingAt([0], lambdas.world.ledger.openUndos);
    const report = await runOn(lambdas, { openUndos });
    expect(report.verdict).toMatchObject({ is: 'survived' });
    expect(report.phases.map(({ is }) => is)).toEqual(['baseline', 'fault', 'recovery']);
    expect(report.strikes).toMatchObject([{ outcome: 'succeeded', to: expect.any(String) }]);
    expect(lambdas.values()).toEqual(['{}']);
  });
});

test('where a round cannot be begun, the rounds before it are an answer', async () => {
  const lambdas = await aLambdaWorld(2);
  const rounds = lambdas.keys.map((key) => [key]);
  // The first is for the first round.
  const openStrikes = failingAt([1], lambdas.world.ledger.openStrikes);
  const method = methodOn(lambdas, { openStrikes });
  const resolved = await methodOn(lambdas, {}).resolve(
    { ...slow, target: { ...slow.target, select: 'all' } },
    1,
  );
  const { strikes, failures } = await method.strike(slow, { ...resolved, rounds }, 1, beside);
  expect(strikes).toMatchObject([{ outcome: 'succeeded', undo: expect.any(String) }]);
  expect(failures).toMatchObject([{ stage: 'claim', code: 'ThrottlingException' }]);
});

describe('a fault whose undo entry cannot be read', () => {
  test('ends as one that could not be undone, with the entry and what undoes it', async () => {
    const lambdas = await aLambdaWorld(1);
    const { undoNow, ...others } = lambdas;
    const report = await runOn({ ...others, undoNow: async () => new Map() }, unread(lambdas));
    expect(report.verdict).toMatchObject({ is: 'undo-failed', why: expect.stringContaining('pk=undo sk=') });
    const [strike] = report.strikes;
    expect(strike).toMatchObject({ byHand: [expect.stringContaining('aws ssm put-parameter')] });
    expect(report.next[0]).toContain(`./chaos undo ${strike?.undo}`);
    expect(lambdas.values()[0]).toContain('latency');
  });

  test('is in place for all that anybody knows, whoever is asked', async () => {
    const lambdas = await aLambdaWorld(1);
    const method = methodOn(lambdas, unread(lambdas));
    const { strikes } = await method.strike(slow, await method.resolve(slow, 1), 1, beside);
    const ids = strikes.flatMap(({ undo }) => undo ?? []);
    expect(strikes[0]?.byHand).toHaveLength(1);
    expect(await method.undone(ids)).toEqual([]);
    const until = lambdas.clock.now() + 10_000;
    expect(await method.observe(ids, until)).toMatchObject([{ is: 'unknown' }]);
    // One that another version can undo is undone, as the janitor is.
    expect(await method.undo()).toEqual([]);
  });

  test('is its own if its strike says so, where the entry does not tell whose it is', async () => {
    const lambdas = await aLambdaWorld(2);
    const nameless = unread(lambdas, { isNameless: true });
    const undoNow = async () => new Map<string, string>();
    const own = worldMethod(
      run.id,
      { ...lambdas.world, ledger: { ...lambdas.world.ledger, ...nameless } },
      undoNow,
    );
    const other = worldMethod(
      'another',
      { ...lambdas.world, ledger: { ...lambdas.world.ledger, ...nameless } },
      undoNow,
    );
    const { strikes } = await own.strike(slow, await own.resolve(slow, 1), 1, beside);
    expect((await own.undo()).map(({ id }) => id)).toEqual(strikes.map(({ undo }) => undo));
    expect(await other.undo()).toEqual([]);
  });
});
