import { arnIn, type Place } from '../state/place.ts';
import { EventSourceMapping, type EventSourceMappingSeed } from './event-source-mapping.ts';
import { type FunctionSeed, LambdaFunction } from './function.ts';

/** Source: Developer Guide, "Lambda quotas". */
const defaultConcurrency = 1000;

/** What an account has of Lambda in a region. */
export class Functions {
  /** The account's quota of concurrent executions. */
  concurrency = defaultConcurrency;
  readonly mappings = new Map<string, EventSourceMapping>();
  readonly #place: Place;
  readonly #byName = new Map<string, LambdaFunction>();

  constructor(place: Place) {
    this.#place = place;
  }

  get all(): readonly LambdaFunction[] {
    return [...this.#byName.values()];
  }

  /** What is not reserved for single functions. */
  get unreserved(): number {
    return this.all.reduce((left, { reserved = 0 }) => left - reserved, this.concurrency);
  }

  add(seed: FunctionSeed): LambdaFunction {
    const { context } = this.#place;
    const added = new LambdaFunction(seed, arnIn(this.#place, 'lambda', `function:${seed.name}`), context);
    this.#byName.set(seed.name, added);
    return added;
  }

  get(name: string): LambdaFunction | undefined {
    return this.#byName.get(name);
  }

  /** Its event source mappings stay, as those of AWS do. */
  delete(name: string): void {
    this.#byName.delete(name);
  }

  map(seed: EventSourceMappingSeed): EventSourceMapping {
    const { context } = this.#place;
    const uuid = context.ids.uuid();
    const mapping = new EventSourceMapping(seed, {
      uuid,
      arn: arnIn(this.#place, 'lambda', `event-source-mapping:${uuid}`),
      functionArn: arnIn(this.#place, 'lambda', `function:${seed.functionName}`),
      context,
    });
    this.mappings.set(uuid, mapping);
    return mapping;
  }
}
