/**
 * Ctrl-C, or being told to end, of this process. As `Surroundings` has it. Takes over from the entry point, which for a stop that is
 * not yet under way says that nothing is stopped.
 */
export function onInterrupt(listener: () => void): () => void {
  for (const signal of signals) {
    const before = process.listeners(signal);
    // In this order: without any listener a signal that has just come would be lost.
    process.once(signal, listener);
    for (const one of before) process.removeListener(signal, one);
  }
  return () => {
    for (const signal of signals) process.removeListener(signal, listener);
  };
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
