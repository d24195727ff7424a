import type { Tags } from '#core/model/group.ts';
import { arnIn, type Place } from '../state/place.ts';

/** A parameter as it is put there; one that exists is overwritten. */
export interface ParameterSeed {
  readonly name: string;
  readonly value: string;
  readonly type: 'String' | 'SecureString';
  /** Left out: those that it has. */
  readonly tags?: Tags;
}

export interface Parameter extends Required<ParameterSeed> {
  readonly arn: string;
  readonly version: number;
  /** Epoch ms. */
  readonly modifiedAt: number;
}

/** The Parameter Store of an account in a region. */
export class Parameters {
  readonly #place: Place;
  readonly #byName = new Map<string, Parameter>();

  constructor(place: Place) {
    this.#place = place;
  }

  get all(): readonly Parameter[] {
    return [...this.#byName.values()];
  }

  get(name: string): Parameter | undefined {
    return this.#byName.get(name);
  }

  put(seed: ParameterSeed, at = this.#place.context.clock.now()): Parameter {
    const before = this.#byName.get(seed.name);
    const parameter: Parameter = {
      ...seed,
      tags: seed.tags ?? before?.tags ?? {},
      arn: this.arnOf(seed.name),
      version: (before?.version ?? 0) + 1,
      modifiedAt: at,
    };
    this.#byName.set(seed.name, parameter);
    return parameter;
  }

  delete(name: string): void {
    this.#byName.delete(name);
  }

  arnOf(name: string): string {
    return arnIn(this.#place, 'ssm', `parameter/${name.replace(/^\//, '')}`);
  }
}
