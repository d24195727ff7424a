import { arnIn, type Place } from '../state/place.ts';
import { Queue, type QueueSeed } from './queue.ts';

/** The queues of an account in a region. */
export class Queues {
  readonly #place: Place;
  readonly #byName = new Map<string, Queue>();

  constructor(place: Place) {
    this.#place = place;
  }

  get all(): readonly Queue[] {
    return [...this.#byName.values()];
  }

  add(seed: QueueSeed): Queue {
    const { account, region, context } = this.#place;
    const queue = new Queue(seed, {
      arn: this.arnOf(seed.name),
      url: `https://sqs.${region}.amazonaws.com/${account}/${seed.name}`,
      now: context.clock.now(),
      lagMs: context.timings.queueAttributesMs,
    });
    this.#byName.set(seed.name, queue);
    return queue;
  }

  get(name: string): Queue | undefined {
    return this.#byName.get(name);
  }

  delete(name: string): void {
    this.#byName.delete(name);
  }

  arnOf(name: string): string {
    return arnIn(this.#place, 'sqs', name);
  }
}
