import type { StackStatus } from '@aws-sdk/client-cloudformation';
import { arnIn, type Place } from '../state/place.ts';

export interface Stack {
  readonly name: string;
  /** Its ARN. */
  readonly id: string;
  readonly status: StackStatus;
  readonly createdAt: number;
}

/** The CloudFormation stacks of an account in a region. A scenario puts them into their states. */
export class Stacks {
  readonly #place: Place;
  readonly #byName = new Map<string, Stack>();

  constructor(place: Place) {
    this.#place = place;
  }

  /** In the order in which they were created. */
  get all(): readonly Stack[] {
    return [...this.#byName.values()];
  }

  /** By name or ARN. "If the stack was deleted, you must specify the unique stack ID": API reference, DescribeStacks. */
  find(nameOrId: string): Stack | undefined {
    return this.all.find(
      ({ name, id, status }) => id === nameOrId || (name === nameOrId && status !== 'DELETE_COMPLETE'),
    );
  }

  /** Puts a stack into a state, and creates it if there is none. */
  set(name: string, status: StackStatus): Stack {
    const { clock, ids } = this.#place.context;
    const known = this.#byName.get(name);
    const stack: Stack = known
      ? { ...known, status }
      : {
          name,
          id: arnIn(this.#place, 'cloudformation', `stack/${name}/${ids.uuid()}`),
          status,
          createdAt: clock.now(),
        };
    this.#byName.set(name, stack);
    return stack;
  }
}
