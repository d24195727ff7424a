import { describe, expect, test } from 'vitest';
import { run } from '#core/run/run.ts';
import { lambdaError } from '#faults/functions/lambda-error.ts';
import { aStrikeWorld, minuteMs, optIn, type StrikeWorld } from '../../faults/lasting/a-strike-world.ts';
import { attached, parameterName } from '../../faults/lasting/layer-case.ts';
import { aRun } from '../../support/a-run.ts';

const secret = 'hunter2';
const found = (world: StrikeWorld, environment: Readonly<Record<string, string>>) => {
  world.region.functions.add({ name: 'checkout', tags: optIn, environment });
  return world.find('checkout');
};

describe('of the environment of a function', () => {
  test('its parameter is known', async () => {
    const world = aStrikeWorld(lambdaError);
    expect(await found(world, { CHAOS_FAILURE_PARAMETER: parameterName })).toMatchObject({
      facts: { failureParameter: parameterName },
      arns: {
        function: 'arn:aws:lambda:eu-west-1:222222222222:function:checkout',
        parameter: `arn:aws:ssm:eu-west-1:222222222222:parameter${parameterName}`,
      },
    });
  });

  test.each([
    undefined,
    '',
    '/prod/password',
    'chaos/failures/checkout',
    '/chaos/failures/*',
    `${parameterName}:3`,
    `${parameterName} --x`,
    `arn:aws:ssm:eu-west-1:222222222222:parameter${parameterName}`,
  ])('%j is no parameter of ours', async (named) => {
    const target = await found(aStrikeWorld(lambdaError), {
      OTHER: secret,
      ...(named !== undefined && { CHAOS_FAILURE_PARAMETER: named }),
    });
    expect(target.facts).toEqual({});
    expect(target.arns).not.toHaveProperty('parameter');
  });

  test('nothing else is kept: not in what is reported, recorded or stored', async () => {
    const world = aStrikeWorld(lambdaError);
    attached()(world);
    world.region.metrics.put({
      ...{ namespace: 'AWS/Lambda', name: 'Invocations', dimensions: { FunctionName: 'checkout' } },
      ...{ at: world.clock.now() - 30 * minuteMs, value: 12 },
    });
    expect(world.region.functions.get('checkout')?.environment).toMatchObject({ DATABASE_PASSWORD: secret });
    const runs = world.forRuns();
    const report = await run(aRun(runs), runs);
    expect(report.strikes).toMatchObject([{ outcome: 'succeeded' }]);
    const open = await world.openEntries();
    const recording = await world.ledger.recording(report.runId);
    expect(recording?.groups).toHaveLength(1);
    expect(open).toHaveLength(1);
    await world.janitors(8);
    const ended = await world.ledger.endedUndos(1);
    expect(ended.found).toHaveLength(1);
    expect(JSON.stringify([report, recording, open, ended, runs.announced])).not.toContain(secret);
  });
});
