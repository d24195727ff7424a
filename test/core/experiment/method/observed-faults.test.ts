import { SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, test } from 'vitest';
import { plainHost } from '#core/experiment/engine/plain-host.ts';
import { runExperiment } from '#core/experiment/engine/run-experiment.ts';
import { worldMethod } from '#core/experiment/method/world-method.ts';
import type { Experiment } from '#core/model/experiment.ts';
import type { Fault } from '#core/model/fault.ts';
import type { Striker } from '#core/ports/striker.ts';
import { aRun, fakePorts } from '../engine/an-experiment.ts';
import { aLambdaWorld } from './a-lambda-world.ts';
import { beside, type LambdaWorld, slowFunctions } from './a-slow-function.ts';

const experiment = slowFunctions('all');
const [slow] = experiment.method as [Experiment['method'][number]];
const run = aRun({ experiment });

/** Nothing can be read of targets while `isDown`. */
function outOfReach(striker: Striker, isDown: () => boolean): Striker {
  return {
    open: async (orders, given) => {
      const { value, failures } = await striker.open(orders, given);
      const reach: (typeof value)[number]['reach'] = (order) => {
        const session = value.find((one) => one.orders.includes(order));
        const own = session?.reach(order);
        if (own === undefined) throw new Error('no session');
        const injector: typeof own.injector = (until) => {
          if (isDown()) throw new Error('AccessDenied: ssm:GetParameter');
          return own.injector(until);
        };
        return { ...own, injector };
      };
      return { value: value.map((one) => ({ ...one, reach })), failures };
    },
  };
}

/** Runs it, and does something in the middle of its hold. */
async function runBeside(
  lambdas: LambdaWorld,
  { meanwhile = () => {}, isDown = () => false }: { meanwhile?: () => void; isDown?: () => boolean } = {},
) {
  const { clock, world, undoNow } = lambdas;
  const { ports } = fakePorts({ experiment }, clock);
  const method = worldMethod(run.id, { ...world, striker: outOfReach(world.striker, isDown) }, undoNow);
  void clock.sleep(13_000).then(meanwhile);
  const host = plainHost(clock, async () => false);
  return runExperiment(run, host, { ...ports, method });
}

describe('an experiment at the end of a hold', () => {
  test('has survived where its fault is found in place', async () => {
    const { verdict, failures } = await runBeside(await aLambdaWorld(1));
    expect([verdict.is, failures]).toEqual(['survived', []]);
  });

  test.each([
    ['reset it by hand', (lambdas: LambdaWorld) => lambdas.resetByHand(), 'as it was before'],
    ['removed its target', (lambdas: LambdaWorld) => lambdas.remove(), 'no more'],
    ['overwritten it', (lambdas: LambdaWorld) => lambdas.resetByHand('{"a":1}'), 'somebody else has changed'],
  ])('is aborted where somebody has %s meanwhile', async (_, meanwhile, text) => {
    const lambdas = await aLambdaWorld(1);
    const report = await runBeside(lambdas, { meanwhile: () => meanwhile(lambdas) });
    expect(report.verdict.is).toBe(text.startsWith('somebody') ? 'undo-failed' : 'aborted');
    const seen = report.events.filter(
      ({ is, text: said }) => is === 'problem' && said.includes('not in place'),
    );
    expect(seen).toMatchObject([{ text: expect.stringContaining(text) }]);
    expect(seen[0]?.text).toContain('lambda-latency on images-0');
    if (report.verdict.is !== 'aborted') return;
    expect(report.verdict.why).toMatch(/undid lambda-latency on images-0 .* seen at 09:01:10 UTC/);
    expect(report.phases.map(({ is }) => is)).toEqual(['baseline', 'fault', 'recovery']);
  });

  test('is inconclusive where AWS still shows only a part of its fault: that tells of nobody', async () => {
    const lambdas = await aLambdaWorld(1);
    const { world, clock } = lambdas;
    const startsAt = clock.now();
    const isSlow = () => clock.now() > startsAt + 60_000 && clock.now() < startsAt + 86_000;
    const faults = new Map(
      [...world.faults].map(([name, fault]): [string, Fault] => {
        if (!('observe' in fault)) return [name, fault];
        const observe: typeof fault.observe = async (...given) => {
          const seen = await fault.observe(...given);
          return seen === 'ours' && isSlow() ? 'partly' : seen;
        };
        return [name, { ...fault, observe }];
      }),
    );
    const report = await runBeside({ ...lambdas, world: { ...world, faults } });
    expect(report.verdict).toMatchObject({ is: 'inconclusive', why: expect.stringContaining('AWS') });
  });

  test('is inconclusive where its target cannot be read then, and survives where that is soon over', async () => {
    const lambdas = await aLambdaWorld(1);
    const { clock } = lambdas;
    const startsAt = clock.now();
    const never = await runBeside(lambdas, { isDown: () => clock.now() > startsAt + 60_000 });
    expect(never.verdict).toMatchObject({ is: 'inconclusive', why: expect.stringContaining('AccessDenied') });
    expect(never.verdict.probe).toBeUndefined();
    expect(never.phases.map(({ is }) => is)).toEqual(['baseline', 'fault', 'recovery']);
    expect(never.next).toEqual([expect.stringContaining('targets')]);
    expect(lambdas.values()).toEqual(['{}']);
    const again = await aLambdaWorld(1);
    const isDown = () => again.clock.now() > startsAt + 60_000 && again.clock.now() < startsAt + 75_000;
    expect((await runBeside(again, { isDown })).verdict.is).toBe('survived');
  });
});

test('one look at a target takes a session and a call', async () => {
  const { world, undoNow, clock } = await aLambdaWorld(3);
  const calls: string[] = [];
  const { striker } = world;
  const counted: Striker = {
    open: async (orders, given) => {
      calls.push('open');
      const { value, failures } = await striker.open(orders, given);
      const sessions = value.map((session) => ({
        ...session,
        reach: (order: (typeof orders)[number]) => {
          const reach = session.reach(order);
          const injector: typeof reach.injector = (until) => {
            const own = reach.injector(until);
            return {
              client: (service) => {
                if (service.name === SSMClient.name) calls.push('call');
                return own.client(service);
              },
              wasRefusedEveryTime: false,
              mayHaveActed: 0,
            };
          };
          return { ...reach, injector };
        },
      }));
      return { value: sessions, failures };
    },
  };
  const method = worldMethod(run.id, { ...world, striker: counted }, undoNow);
  const { strikes } = await method.strike(slow, await method.resolve(slow, 1), 1, beside);
  const ids = strikes.flatMap(({ undo }) => undo ?? []);
  calls.length = 0;
  const seen = await method.observe(ids, clock.now() + 10_000);
  expect(seen.map(({ is }) => is)).toEqual(['in-place', 'in-place', 'in-place']);
  expect(calls.toSorted()).toEqual(['call', 'call', 'call', 'open']);
});
