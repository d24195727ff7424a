import { LocalDurableTestRunner } from '@aws/durable-execution-sdk-js-testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { systemClock as clock } from '#aws/clients/clock.ts';
import type { Host } from '#core/experiment/engine/host.ts';
import { stepNames } from '#core/experiment/engine/step-names.ts';
import { durableFunction } from '#lambdas/chaos-experiment/durable-host.ts';

beforeAll(() => LocalDurableTestRunner.setupTestEnvironment());
afterAll(() => LocalDurableTestRunner.teardownTestEnvironment());

const Num = z.object({ number: z.number() });

/** An execution in which each invocation does its own work, the last one also in all that follow. */
async function execution(...works: ((host: Host, die: () => void) => Promise<unknown>)[]) {
  let invocations = 0;
  let dies: () => void = () => {};
  const handler = durableFunction(
    z.object({}),
    async (_, { openHost }) => {
      const work = works[Math.min(invocations, works.length) - 1];
      return work?.(
        openHost(async () => false),
        dies,
      );
    },
    { clock },
  );
  const runner = new LocalDurableTestRunner({
    handlerFunction: async (event, context) => {
      invocations += 1;
      const death = Promise.withResolvers<void>();
      dies = death.resolve;
      const answer = handler(event, context);
      // What Lambda makes of a process that died: nothing was said, and another is tried.
      return Promise.race([
        answer,
        death.promise.then(() => ({ Status: 'PENDING' }) as Awaited<typeof answer>),
      ]);
    },
  });
  const ended = await runner.run({ payload: {} });
  return { ended, invocations };
}

const first = (host: Host) => host.step(stepNames.begin, Num, async () => ({ number: 1 }));
const pause = (host: Host) => host.pause(stepNames.pause(1), 1_000);

describe('the durable host', () => {
  test('gives a replay what a step came to, and not what it would come to now', async () => {
    const { ended, invocations } = await execution(async (host) => {
      const { number } = await host.step(stepNames.begin, Num, async () => ({ number: performance.now() }));
      await pause(host);
      const again = await host.step(stepNames.end, Num, async () => ({ number }));
      return again.number === number;
    });
    expect(ended.getResult()).toBe(true);
    expect(invocations).toBeGreaterThan(1);
  });

  test('refuses what another version has kept, if it has another shape', async () => {
    const { ended } = await execution(
      async (host) => {
        await first(host);
        await pause(host);
      },
      (host) =>
        host
          .step(stepNames.begin, z.object({ text: z.string() }), async () => ({ text: '' }))
          .catch((error: unknown) => String(error)),
    );
    expect(ended.getResult()).toContain(`result of step ${stepNames.begin}`);
  });

  test('does not go on where a step has another name than before', async () => {
    const { ended } = await execution(
      async (host) => {
        await first(host);
        await pause(host);
      },
      (host) => host.step(`next-${stepNames.begin}`, Num, async () => ({ number: 2 })),
    );
    expect(ended.getStatus()).toBe('FAILED');
    expect(ended.getError().errorMessage).toContain('Non-deterministic');
  });

  test.each([
    ['an injection is not done again by the next process, which is told', stepNames.inject(1, 'slow'), 1],
    ['a segment is done again from its start', stepNames.segment('fault', 1, 0), 2],
    ['undoing is done again', stepNames.undo(1, 0), 2],
  ])('%s, where its process died', async (_, name, expected) => {
    let times = 0;
    const { ended } = await execution(async (host, die) => {
      // What the runner waits for, so that it tries another process.
      const waits = pause(host);
      const done = await host
        .step(name, Num, async () => {
          times += 1;
          if (times > 1) return { number: times };
          await clock.sleep(100);
          die();
          return new Promise<never>(() => {});
        })
        .catch((error: unknown) => String(error));
      await waits;
      return done;
    });
    expect(times).toBe(expected);
    expect(JSON.stringify(ended.getResult())).toMatch(expected === 1 ? /interrupted/i : /"number":2/);
  });
});
