import type { Stopped } from '../engine/ports.ts';

/** The first of these answers that says so, without the others; undefined once none has. Rejects with the first that does. */
export function firstStop(answers: readonly Promise<Stopped | undefined>[]): Promise<Stopped | undefined> {
  return new Promise((resolve, reject) => {
    const settle = (stopped: Stopped | undefined) => {
      if (stopped !== undefined) resolve(stopped);
    };
    // It rejects below.
    for (const answer of answers) void answer.then(settle, () => {});
    void Promise.all(answers).then(() => resolve(undefined), reject);
  });
}
