import type { Failures } from './failures.ts';
import { matches } from './matches.ts';

/** How an invocation ends without its handler. */
export type Ending =
  | { readonly error: Error }
  | {
      readonly response: {
        readonly statusCode: number;
        readonly headers: Readonly<Record<string, string>>;
        readonly body: string;
      };
    };

export interface Injector {
  /** What is active at this moment. */
  readonly current: () => Failures | undefined;
  readonly random: () => number;
  /** ms on a clock that nobody sets. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

interface Context {
  getRemainingTimeInMillis?(): number;
}

/** How long a sleeping invocation takes to notice that what delays it has been stopped. */
const sliceMs = 1_000;

/** Does to an invocation what is active: returns when its handler is due, or how it ends. */
export async function inject(
  injector: Injector,
  failures: Failures,
  event: unknown,
  context: Context,
): Promise<Ending | undefined> {
  const { latency, timeout, statuscode, exception } = failures;
  const hits = <Flag extends NonNullable<Failures['latency'] | Failures['exception']>>(
    flag: Flag | undefined,
  ): flag is Flag =>
    flag?.enabled === true &&
    matches(event, flag.match ?? []) &&
    injector.random() * 100 < (flag.percentage ?? 100);

  if (hits(latency)) {
    const { min_latency: min = 0, max_latency: max = min } = latency;
    await delay(injector, failures, min + injector.random() * (max - min));
  }
  if (hits(timeout)) {
    const left = context.getRemainingTimeInMillis?.() ?? 0;
    await delay(injector, failures, left - (timeout.timeout_buffer_ms ?? 0));
  }
  if (injector.current() !== failures) return undefined;
  if (hits(statuscode)) {
    const { status_code: statusCode = 500 } = statuscode;
    const body = JSON.stringify({ message: `Injected status code ${statusCode}` });
    return { response: { statusCode, headers: { 'Content-Type': 'application/json' }, body } };
  }
  if (hits(exception)) {
    return { error: new InjectedFailure(exception.exception_msg ?? 'Injected exception') };
  }
  return undefined;
}

/** At least that long, unless what is active changes meanwhile. */
async function delay({ current, now, sleep }: Injector, failures: Failures, ms: number): Promise<void> {
  const until = now() + ms;
  for (let left = ms; left > 0 && current() === failures; left = until - now()) {
    await sleep(Math.ceil(Math.min(left, sliceMs)));
  }
}

/** Tells an injected error from the function's own. */
export class InjectedFailure extends Error {
  override readonly name = 'InjectedFailure';
}
