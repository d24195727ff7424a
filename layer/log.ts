import { writeSync } from 'node:fs';

/** Writes a line to the function's log. Never throws. */
export function log(line: string): void {
  try {
    // Not by the console, which is the runtime's own, nor by process.stderr, which in a thread is the main thread's.
    writeSync(2, `chaos-failure-layer: ${line}\n`);
  } catch {
    // Then nobody reads it.
  }
}
