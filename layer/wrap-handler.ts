import type { Failures } from './failures.ts';
import { type Ending, type Injector, inject } from './inject.ts';

// biome-ignore lint/suspicious/noExplicitAny: whatever users export
export type Handler = (...args: any[]) => unknown;

interface Context {
  getRemainingTimeInMillis?(): number;
  succeed?(value: unknown): void;
  fail?(error: unknown): void;
}
type Callback = (error: unknown, value?: unknown) => void;
interface ResponseStream {
  write(chunk: string): void;
  end(): void;
}

interface Globals {
  readonly awslambda?: {
    readonly HttpResponseStream?: { from(stream: unknown, prelude: object): ResponseStream };
  };
}

const streaming = Symbol.for('aws.lambda.runtime.handler.streaming');

/**
 * The handler with what is active done before it. It looks to the runtime like the original: its length decides whether Node 24
 * accepts it, and symbols on it whether it streams. With nothing active it is the original, one call further down.
 */
export function wrapHandler(handler: Handler, injector: Injector): Handler {
  const isStreaming = Boolean((handler as { readonly [streaming]?: unknown })[streaming]);
  function wrapped(this: unknown, ...args: unknown[]): unknown {
    const failures = currentOf(injector);
    if (failures === undefined) return Reflect.apply(handler, this, args);
    const original = () => Reflect.apply(handler, this, args);
    if (isStreaming) return stream(injector, failures, original, args);
    if (typeof args[2] === 'function') return callBack(injector, failures, original, args);
    return answer(injector, failures, original, args);
  }
  const { prototype: _, ...described } = Object.getOwnPropertyDescriptors(handler);
  return Object.defineProperties(wrapped, described as PropertyDescriptorMap);
}

/** For a runtime that waits for a promise. */
async function answer(injector: Injector, failures: Failures, original: () => unknown, args: unknown[]) {
  const ending = await injected(injector, failures, args[0], args[1]);
  if (ending === undefined) return await original();
  if ('error' in ending) throw ending.error;
  return ending.response;
}

/** For a handler with a response stream in the place of the context. */
async function stream(injector: Injector, failures: Failures, original: () => unknown, args: unknown[]) {
  const [event, response, context] = args;
  const ending = await injected(injector, failures, event, context);
  if (ending === undefined) return await original();
  if ('error' in ending) throw ending.error;
  const { HttpResponseStream } = (globalThis as Globals).awslambda ?? {};
  // A function can do without the global, and then there is nothing to make a status of.
  if (HttpResponseStream === undefined) return await original();
  const { body, ...prelude } = ending.response;
  const out = HttpResponseStream.from(response, prelude);
  out.write(body);
  out.end();
}

/**
 * For Node 20 and 22, whose runtime takes a handler's promise for its answer: one that calls back must not return a promise. What
 * the handler returns goes where the runtime would have sent it.
 */
function callBack(
  injector: Injector,
  failures: Failures,
  original: () => unknown,
  args: unknown[],
): undefined {
  const [event, context, callback] = args as [unknown, Context, Callback];
  const succeed = (value: unknown) => (context.succeed ?? callback.bind(undefined, null))(value);
  const fail = (error: unknown) => (context.fail ?? callback)(error);
  injected(injector, failures, event, context)
    .then((ending) => {
      if (ending !== undefined) return 'error' in ending ? fail(ending.error) : succeed(ending.response);
      const result = original();
      return isPromise(result) ? result.then(succeed, fail) : undefined;
    })
    .catch(callback);
  return undefined;
}

/** Of all that can go wrong here, nothing is the function's. */
async function injected(
  injector: Injector,
  failures: Failures,
  event: unknown,
  context: unknown,
): Promise<Ending | undefined> {
  try {
    return await inject(injector, failures, event, context as Context);
  } catch {
    return undefined;
  }
}

function currentOf(injector: Injector): Failures | undefined {
  try {
    return injector.current();
  } catch {
    return undefined;
  }
}

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof (value as { readonly then?: unknown } | null | undefined)?.then === 'function';
}
