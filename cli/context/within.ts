import { durationText } from '#core/util/format.ts';

const patienceMs = 3_000;

/** What `ask` obtains within `limitMs`. It is then aborted, as a pending call keeps the process from exiting. */
export async function within<Value>(
  limitMs: number,
  ask: (giveUp: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const ending = new AbortController();
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(new Error(`no answer within ${durationText(limitMs)}`));
    ending.abort();
  }, limitMs);
  try {
    return await Promise.race([ask(ending.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** For information that is useful but must not delay an emergency: undefined if `ask` fails or takes longer than three seconds. */
export async function bestEffort<Value>(
  ask: (giveUp: AbortSignal) => Promise<Value>,
): Promise<Value | undefined> {
  return within(patienceMs, ask).catch(() => undefined);
}
