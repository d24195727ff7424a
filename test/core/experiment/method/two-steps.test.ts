import { expect, test } from 'vitest';
import { plainHost } from '#core/experiment/engine/plain-host.ts';
import { runExperiment } from '#core/experiment/engine/run-experiment.ts';
import { worldMethod } from '#core/experiment/method/world-method.ts';
import { anExperiment, aRun, fakePorts } from '../engine/an-experiment.ts';
import { aLambdaWorld } from './a-lambda-world.ts';

test('an experiment makes one function slow, and then has it fail, in each of two stages', async () => {
  const { world, undoNow, clock, values } = await aLambdaWorld(1);
  const target = { kind: 'function', select: { count: 1 } };
  const experiment = anExperiment({
    method: [
      {
        ...{ name: 'slow', target, holdMs: 20_000, startAfter: [] },
        fault: { name: 'lambda-latency', parameters: { ms: 300, maxMs: null, percent: 100, minutes: 2 } },
      },
      {
        ...{ name: 'failing', target, holdMs: 20_000, startAfter: ['slow'] },
        fault: { name: 'lambda-error', parameters: { percent: 100, minutes: 2 } },
      },
    ],
    stages: [{}, {}],
  });
  const run = aRun({ experiment });
  const method = worldMethod(run.id, world, undoNow);
  const ports = { ...fakePorts({ experiment }, clock).ports, method };
  const { verdict, strikes, failures } = await runExperiment(
    run,
    plainHost(clock, async () => false),
    ports,
  );
  expect(failures).toEqual([]);
  expect(verdict).toMatchObject({ is: 'survived' });
  expect(strikes.map(({ step, stage, outcome }) => [stage, step, outcome])).toEqual([
    [1, 'slow', 'succeeded'],
    [1, 'failing', 'succeeded'],
    [2, 'slow', 'succeeded'],
    [2, 'failing', 'succeeded'],
  ]);
  const times = strikes.flatMap(({ from, to }) => [from, to]);
  expect(times).toEqual([...times].sort());
  expect(values()).toEqual(['{}']);
  expect((await world.ledger.openUndos()).found).toEqual([]);
  expect((await world.ledger.openStrikes()).found).toEqual([]);
});
