/** Longer than a healthy call to AWS takes, and short enough to wait for in an emergency. */
const patienceMs = 3_000;

/**
 * For what is good to know and must not hold up an emergency: undefined where it fails, or is not known in three seconds. It
 * is told then to give up, as a call that goes on keeps the process from ending.
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
