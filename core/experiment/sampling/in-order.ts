/**
 * What `produce` puts, each once it is there, in the order in which it was put, however slowly it is read. Ends early once `stop` says
 * so, or nobody reads on: `over` is aborted then, upon which whatever was put has to settle soon, and is left out.
 */
export async function* inOrder<Value>(
  stop: AbortSignal,
  produce: (over: AbortSignal, put: (value: Promise<Value>) => void) => Promise<void>,
): AsyncGenerator<Value, void> {
  if (stop.aborted) return;
  const ending = new AbortController();
  const end = () => ending.abort();
  stop.addEventListener('abort', end, { once: true });
  const queue: Promise<Value>[] = [];
  let more = Promise.withResolvers<void>();
  let isLast = false;
  const produced = produce(ending.signal, (value) => {
    queue.push(value);
    more.resolve();
  }).finally(() => {
    isLast = true;
    more.resolve();
  });
  try {
    while (queue.length > 0 || !isLast) {
      const value = await queue.shift();
      if (ending.signal.aborted) return;
      if (value !== undefined) yield value;
      if (queue.length === 0 && !isLast) await more.promise;
      more = Promise.withResolvers();
    }
  } finally {
    end();
    stop.removeEventListener('abort', end);
    await produced;
  }
}
