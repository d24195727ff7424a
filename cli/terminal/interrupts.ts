/**
 * Calls `listener` on Ctrl-C or another signal that ends the process, with its name: see `CliContext`. Replaces the listener of the entry point, which
 * reports that nothing has been stopped yet.
 */
export function onInterrupt(listener: (signal: NodeJS.Signals) => void): () => void {
  for (const signal of signals) {
    const before = process.listeners(signal);
    // In this order: without any listener, a signal arriving now would kill the process.
    process.once(signal, listener);
    for (const one of before) process.removeListener(signal, one);
  }
  return () => {
    for (const signal of signals) process.removeListener(signal, listener);
  };
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
