/** Longer than a healthy call to AWS takes, and short enough for an emergency. */
const patienceMs = 3_000;

/**
 * For information that is useful but must not delay an emergency: undefined if `ask` fails or takes longer than three seconds. It is
 * then aborted, as a pending call keeps the process from exiting.
 */
export async function bestEffort<Value>(
  ask: (giveUp: AbortSignal) => Promise<Value>,
): Promise<Value | undefined> {
  const ending = new AbortController();
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => {
    resolve(undefined);
    ending.abort();
  }, patienceMs);
  try {
    return await Promise.race([ask(ending.signal), late]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
