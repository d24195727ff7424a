/** Ctrl-C, or being told to end, of this process. As `Surroundings` has it. */
export function onInterrupt(listener: () => void): () => void {
  for (const signal of signals) process.once(signal, listener);
  return () => {
    for (const signal of signals) process.removeListener(signal, listener);
  };
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
