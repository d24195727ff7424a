import type { Terminal } from './terminal.ts';

/** After this time people start to wonder. */
const quietMs = 2_000;

/** Prints on stderr what a command is waiting for, once it has waited for two seconds in total. */
export class WaitNotice {
  readonly #terminal: Pick<Terminal, 'note'>;
  readonly #since = Date.now();

  constructor(terminal: Pick<Terminal, 'note'>) {
    this.#terminal = terminal;
  }

  /** `what` completes "Waiting for": `the table Ledger to answer`. */
  async during<Value>(what: string, promise: Promise<Value>): Promise<Value> {
    const restMs = Math.max(0, quietMs - (Date.now() - this.#since));
    const timer = setTimeout(() => this.#terminal.note(`Waiting for ${what} ...`), restMs);
    // Waiting for nothing must end at once.
    timer.unref();
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
    }
  }
}
