import type { ProvisionedThroughput, ProvisionedThroughputDescription } from '@aws-sdk/client-dynamodb';
import { Eventual } from '../state/eventual.ts';
import { limitExceeded, validationError } from './errors.ts';

export interface Units {
  readonly read: number;
  readonly write: number;
}

/** Source: DynamoDB Developer Guide, "Quotas", "Decreasing provisioned throughput": 4 a UTC day, and more with an hour between. */
const decreasesAtAnyTime = 4;
const hourMs = 3_600_000;

/** The provisioned capacity of a table or an index. */
export class Capacity {
  readonly #units: Eventual<Units>;
  readonly #updateMs: number;
  /** Epoch ms of each. */
  readonly #decreases: number[] = [];
  #increasedAt: number | undefined;

  constructor(units: Units, updateMs: number) {
    this.#units = new Eventual(units);
    this.#updateMs = updateMs;
  }

  describe(now: number): ProvisionedThroughputDescription {
    const { read, write } = this.#units.at(now - this.#updateMs);
    const decreasedAt = this.#decreases.at(-1);
    return {
      ...(this.#increasedAt !== undefined && { LastIncreaseDateTime: new Date(this.#increasedAt) }),
      ...(decreasedAt !== undefined && { LastDecreaseDateTime: new Date(decreasedAt) }),
      NumberOfDecreasesToday: this.#decreasesToday(now),
      ReadCapacityUnits: read,
      WriteCapacityUnits: write,
    };
  }

  /** Throws unless it may change to this, and returns how to do it. */
  plan(to: ProvisionedThroughput, now: number): () => void {
    const { ReadCapacityUnits: read = 0, WriteCapacityUnits: write = 0 } = to;
    if (read < 1 || write < 1) {
      throw validationError('1 validation error detected: capacity units must be at least 1');
    }
    const from = this.#units.latest;
    if (read === from.read && write === from.write) {
      throw validationError(
        `The provisioned throughput for the table will not change. The requested value equals the current value. Current ReadCapacityUnits provisioned for the table: ${read}. Requested ReadCapacityUnits: ${read}. Current WriteCapacityUnits provisioned for the table: ${write}. Requested WriteCapacityUnits: ${write}.`,
      );
    }
    const isDecrease = read < from.read || write < from.write;
    if (isDecrease) this.#checkDecrease(now);
    return () => {
      this.#units.set({ read, write }, now);
      if (isDecrease) this.#decreases.push(now);
      if (read > from.read || write > from.write) this.#increasedAt = now;
    };
  }

  #checkDecrease(now: number): void {
    const today = this.#decreasesToday(now);
    const last = this.#decreases.at(-1) ?? Number.NEGATIVE_INFINITY;
    if (today < decreasesAtAnyTime || now >= last + hourMs) return;
    throw limitExceeded(
      `Subscriber limit exceeded: Provisioned throughput decreases are limited within a given UTC day. After the first ${decreasesAtAnyTime} decreases, each subsequent decrease in the same UTC day can be performed at most once every 3600 seconds. Number of decreases today: ${today}.`,
    );
  }

  #decreasesToday(now: number): number {
    return this.#decreases.filter((at) => utcDay(at) === utcDay(now)).length;
  }
}

function utcDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
