import type { OnDemandThroughput } from '@aws-sdk/client-dynamodb';
import { Eventual } from '../state/eventual.ts';
import { validationError } from './errors.ts';

/** The most that a table or an index on demand takes. A member that is left out has no maximum. */
export class OnDemandMaximum {
  readonly #maximum: Eventual<OnDemandThroughput>;
  readonly #updateMs: number;

  constructor(maximum: OnDemandThroughput, updateMs: number) {
    this.#maximum = new Eventual(maximum);
    this.#updateMs = updateMs;
  }

  /** Undefined where there is none: -1 is only ever asked for, never described (measured by others: nubo-db/dynoxide#161). */
  describe(now: number): OnDemandThroughput | undefined {
    const maximum = this.#maximum.at(now - this.#updateMs);
    return Object.keys(maximum).length === 0 ? undefined : maximum;
  }

  /** Throws unless it may change to this, and returns how to do it. What is not named stays (measured as above). */
  plan(to: OnDemandThroughput, now: number): () => void {
    const before = this.#maximum.latest;
    const asked = Object.entries(to).filter(([, units]) => units !== undefined);
    const outside = asked.find(([, units]) => units !== -1 && units < 1);
    if (outside !== undefined || asked.length === 0) {
      throw validationError(
        `One or more parameter values were invalid: Requested ${outside?.[0] ?? 'MaxReadRequestUnits'} for OnDemandThroughput for table is outside of valid range`,
      );
    }
    const after: OnDemandThroughput = Object.fromEntries(
      Object.entries({ ...before, ...Object.fromEntries(asked) }).filter(([, units]) => units !== -1),
    );
    if (
      after.MaxReadRequestUnits === before.MaxReadRequestUnits &&
      after.MaxWriteRequestUnits === before.MaxWriteRequestUnits
    ) {
      throw validationError('The on-demand throughput for the table will not change.');
    }
    return () => this.#maximum.set(after, now);
  }
}
