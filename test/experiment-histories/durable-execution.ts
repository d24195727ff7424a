import { CallbackTimeoutError, type DurableContext, StepSemantics } from '@aws/durable-execution-sdk-js';
import type { SeededRandom } from '../histories/seeded-random.ts';
import type { Life } from '../undo-histories/life.ts';
import type { Turnstile } from '../undo-histories/turnstile.ts';

/** What the service keeps of an operation. */
interface Kept {
  readonly is: 'started' | 'succeeded' | 'failed';
  readonly attempts: number;
  readonly result?: string;
  readonly error?: { readonly name: string; readonly message: string };
  /** Of a wait or a callback: when it is over, epoch ms by AWS's clock. */
  readonly until?: number;
}

/** The part of the options of a step that is used. */
interface StepOptions {
  readonly semantics: StepSemantics;
  readonly serdes: {
    serialize(value: unknown): Promise<string>;
    deserialize(text: string): Promise<unknown>;
  };
  retryStrategy(
    error: Error,
    attempts: number,
  ): { readonly shouldRetry: boolean; readonly delay: { readonly seconds: number } };
}

const never = new Promise<never>(() => {});

/**
 * An execution as the service of durable functions keeps it: the results of steps outlive the process that did them, and what was
 * suspended goes on in another one. Only what the host of experiments uses of it.
 */
export function aDurableExecution(clock: Turnstile) {
  const kept = new Map<string, Kept>();
  const doubled: string[] = [];
  let goesOnAt = Number.NEGATIVE_INFINITY;
  let wake: () => void = () => {};

  const contextOf = (life: Life) => {
    const asked = new Set<string>();
    const keep = (name: string, one: Kept) => life.call(() => void kept.set(name, one));
    const suspend = (until: number): Promise<never> => {
      goesOnAt = until;
      life.die();
      return never;
    };
    const fail = async (name: string, given: unknown, attempts: number): Promise<never> => {
      const error = given instanceof Error ? given : new Error(String(given));
      await keep(name, { is: 'failed', attempts, error: { name: error.name, message: error.message } });
      throw error;
    };
    return {
      step: async (
        name: string,
        work: () => Promise<unknown>,
        { semantics, serdes, retryStrategy }: StepOptions,
      ) => {
        // A name is what it is known by here; the service counts.
        if (asked.has(name)) doubled.push(name);
        asked.add(name);
        const before = kept.get(name);
        if (before?.is === 'succeeded') return serdes.deserialize(before.result ?? '');
        if (before?.is === 'failed') throw Object.assign(new Error(before.error?.message), before.error);
        const isOnce = semantics === StepSemantics.AtMostOncePerRetry;
        let attempts = before?.attempts ?? 0;
        if (isOnce && before !== undefined) {
          const interrupted = Object.assign(new Error(`step ${name} was interrupted`), {
            name: 'StepInterruptedError',
          });
          if (!retryStrategy(interrupted, attempts).shouldRetry) return fail(name, interrupted, attempts);
        }
        for (;;) {
          attempts += 1;
          if (isOnce) await keep(name, { is: 'started', attempts });
          try {
            const result = await serdes.serialize(await work());
            await keep(name, { is: 'succeeded', attempts, result });
            return await serdes.deserialize(result);
          } catch (error) {
            const { shouldRetry, delay } = retryStrategy(error as Error, attempts);
            if (!shouldRetry) return fail(name, error, attempts);
            await life.clock.sleep(delay.seconds * 1_000);
          }
        }
      },
      wait: async (name: string, { seconds }: { readonly seconds: number }) => {
        const until = kept.get(name)?.until ?? clock.now() + seconds * 1_000;
        if (clock.now() >= until) return;
        await keep(name, { is: 'started', attempts: 1, until });
        await suspend(until);
      },
      createCallback: async (
        name: string,
        { timeout }: { readonly timeout: { readonly seconds: number } },
      ) => {
        const before = kept.get(name);
        const until = before?.until ?? clock.now() + timeout.seconds * 1_000;
        if (before === undefined) await keep(name, { is: 'started', attempts: 1, until });
        // Whoever waits for it suspends the execution.
        const settled = async () => {
          if (kept.get(name)?.is === 'succeeded') return '';
          return clock.now() >= until ? Promise.reject(new CallbackTimeoutError()) : suspend(until);
        };
        return [{ catch: (handle: (error: unknown) => unknown) => settled().catch(handle) }, name];
      },
    } as unknown as DurableContext;
  };

  return {
    contextOf,
    /** Names of steps that one process gave to two. */
    doubled: doubled as readonly string[],
    /** Whether it was suspended, and goes on by itself. */
    isSuspended: () => goesOnAt > clock.now(),
    /** Resolves once it is to go on. */
    waitUntilItGoesOn: async () => {
      const over = new AbortController();
      wake = () => over.abort();
      await clock.sleep(goesOnAt - clock.now(), over.signal);
    },
    /** Somebody answers a callback. */
    answer: (callback: string) => {
      const one = kept.get(callback);
      if (one?.is !== 'started') return;
      kept.set(callback, { ...one, is: 'succeeded' });
      goesOnAt = Number.NEGATIVE_INFINITY;
      wake();
    },
  };
}

export type DurableExecution = ReturnType<typeof aDurableExecution>;

/** How long until the service invokes the function again, where a process has died. */
export const resumesAfterMs = (random: SeededRandom): number =>
  random.pick([random.int(1_000, 20_000), random.int(1_000, 80_000), random.int(90_000, 240_000)]);
