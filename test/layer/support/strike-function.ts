import { afterEach, describe } from 'vitest';
import { encodeFailures } from '#layer/failures.ts';
import {
  type FunctionParts,
  type RunningFunction,
  ricAvailable,
  sayWithoutRic,
  startFunction,
} from './start-function.ts';

export type Flags = Omit<Parameters<typeof encodeFailures>[0], 'strike' | 'expiresAt'>;

export const minute = 60_000;
export const hour = 60 * minute;

/** Handlers that give back their event. */
export const esm = 'export const handler = async (event) => ({ got: event });';
export const commonjs = 'exports.handler = async (event) => ({ got: event });';

const isAvailable = ricAvailable();
const running: RunningFunction[] = [];

/** Tests that need Lambda's runtime client. */
export function describeUnderRic(what: string, tests: () => void): void {
  if (!isAvailable) sayWithoutRic(what);
  describe.skipIf(!isAvailable)(what, () => {
    afterEach(async () => {
      for (const each of running.splice(0)) await each[Symbol.asyncDispose]();
    });
    tests();
  });
}

/** Starts a function that ends with the test. */
export async function start(parts: FunctionParts): Promise<RunningFunction> {
  const started = await startFunction(parts);
  running.push(started);
  return started;
}

/** A parameter's value with an end that is an hour away. */
export function injecting(flags: Flags, strike = 'strike-1'): { readonly value: string } {
  return {
    value: encodeFailures({ strike, expiresAt: new Date(Date.now() + hour).toISOString(), ...flags }),
  };
}

/** Starts a function into which this is injected from its first invocation on. */
export async function struck(flags: Flags, parts: FunctionParts, times = 1): Promise<RunningFunction> {
  const started = await start({ ...parts, says: injecting(flags) });
  await started.printed('injects', times);
  return started;
}

/** Lets the function into which something is injected read that something else is. */
export async function become(target: RunningFunction, flags: Flags, strike: string): Promise<void> {
  target.store.says = injecting(flags, strike);
  await target.advance(6_000);
  await target.lambda.invoke({});
  await target.printed(`"${strike}" injects`);
}

/** How long after its event a function's answer began, in ms. */
export async function timed(target: RunningFunction, event: unknown = {}) {
  const answer = await target.lambda.invoke(event);
  return { ...answer, ms: (answer.chunks[0]?.at ?? answer.endedAt) - answer.startedAt };
}
