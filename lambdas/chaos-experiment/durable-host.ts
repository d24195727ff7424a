import {
  CallbackTimeoutError,
  type DurableContext,
  type DurableLambdaHandler,
  DurableOperationError,
  type StepConfig,
  StepSemantics,
  withDurableExecution,
} from '@aws/durable-execution-sdk-js';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import type { Host } from '#core/experiment/engine/host.ts';
import { isInjection, isRetried, stepNames } from '#core/experiment/engine/step-names.ts';
import type { Clock } from '#core/ports/clock.ts';
import { type Parsed, parse } from '#core/util/parse.ts';
import { packResult, unpackResult } from './pack-result.ts';

/**
 * Older than this, an invocation ends at the next breath: its timeout would be no graceful end, and is minutes away whatever the steps
 * until then take.
 */
const oldMs = 5 * 60_000;

/** One invocation of the function, of the many that an execution may take. */
export interface DurableInvocation {
  openHost(listen: Listen): Host;
  /** Aborted as the invocation ends. A suspended execution runs no `finally`, and the process may live on for another invocation. */
  readonly over: AbortSignal;
}

/**
 * Makes known what wakes it from a pause of so many ms, before it sleeps. Returns whether somebody has stopped it already: whoever does
 * so later finds what wakes it.
 */
export type Listen = (ms: number, wakeUp: string) => Promise<boolean>;

export interface DurableParts {
  readonly clock: Clock;
  /** Left out: the SDK's own. */
  readonly client?: LambdaClient;
}

/** A durable function, which does `work` from the top in each of its invocations. */
export function durableFunction<Event extends z.ZodType, Result>(
  event: Event,
  work: (input: Parsed<Event>, invocation: DurableInvocation) => Promise<Result>,
  { clock, client }: DurableParts,
): DurableLambdaHandler {
  return async (arrived, lambda) => {
    const over = new AbortController();
    const invokedAt = clock.now();
    const perform = async (payload: unknown, context: DurableContext): Promise<Result> => {
      const input = parse(event, payload, 'event') as Parsed<Event>;
      const openHost = (listen: Listen) => durableHost(context, { clock, invokedAt, listen });
      return work(input, { openHost, over: over.signal });
    };
    try {
      return await withDurableExecution(perform, client && { client })(arrived, lambda);
    } finally {
      over.abort();
    }
  };
}

interface HostParts {
  readonly clock: Clock;
  /** Epoch ms. */
  readonly invokedAt: number;
  readonly listen: Listen;
}

/** A step's result. */
const Kept = z.object({
  value: z.unknown(),
  /** Of the invocation that did the step, when it was done. */
  ageMs: z.number(),
});

const Listening = z.object({ isStopped: z.boolean() });

/**
 * The host of an experiment over durable execution. Whatever decides what comes next is kept with the result of a step: a replay, whose
 * own clock says something else, has to take the same way.
 */
export function durableHost(context: DurableContext, { clock, invokedAt, listen }: HostParts): Host {
  /** Of the last step. */
  let ageMs = 0;
  const step: Host['step'] = async (name, shape, work) => {
    const done = await context
      .step(name, async () => ({ value: await work(), ageMs: clock.now() - invokedAt }), configOf(name))
      .catch(throwCause);
    const kept = parse(Kept, done, `step ${name}`);
    ageMs = kept.ageMs;
    return parse(shape, kept.value, `result of step ${name}`) as Parsed<typeof shape>;
  };
  return {
    step,
    pause: async (name, ms) => {
      const timeout = { seconds: Math.max(1, Math.ceil(ms / 1_000)) };
      const [woken, wakeUp] = await context.createCallback(stepNames.callback(name), { timeout });
      const { isStopped } = await step(stepNames.listen(name), Listening, async () => ({
        isStopped: await listen(ms, wakeUp),
      }));
      if (isStopped) return;
      await woken.catch((error: unknown) => {
        if (!(error instanceof CallbackTimeoutError)) throw error;
      });
    },
    breathe: async (name) => {
      if (ageMs >= oldMs) await context.wait(name, { seconds: 1 });
    },
  };
}

const retries = 8;

/** No retries by default: what fails is a verdict. */
function configOf(name: string): StepConfig<unknown> {
  return {
    serdes: {
      serialize: async (value) => packResult(value),
      deserialize: async (text) => unpackResult(text),
    },
    semantics: isInjection(name) ? StepSemantics.AtMostOncePerRetry : StepSemantics.AtLeastOncePerRetry,
    retryStrategy: (_error, attempts) => ({
      shouldRetry: isRetried(name) && attempts <= retries,
      delay: { seconds: Math.min(60, 2 ** attempts) },
    }),
  };
}

/** What failed, as the plain host would throw it. */
function throwCause(error: unknown): never {
  throw error instanceof DurableOperationError && error.cause !== undefined ? error.cause : error;
}
