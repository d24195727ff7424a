/** Resolves once the signal is aborted. */
export function whenOver(over: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (over.aborted) resolve(undefined);
    over.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}

/** What it comes to, or undefined as soon as the signal is aborted: nobody waits for it any longer. */
export function unlessOver<Value>(over: AbortSignal, work: Promise<Value>): Promise<Value | undefined> {
  return Promise.race([work, whenOver(over)]);
}
