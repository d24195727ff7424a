import type { Instance } from '../ec2/instance.ts';
import type { Place } from '../state/place.ts';
import { type CommandSeed, Invocation } from './command.ts';

/** Every command that was sent in an account and region. */
export class Commands {
  readonly #place: Place;
  readonly #invocations: { readonly instance: string; readonly invocation: Invocation }[] = [];

  constructor(place: Place) {
    this.#place = place;
  }

  /** In the order in which they were sent, each once for every instance. */
  get sent(): readonly (CommandSeed & { readonly instance: string })[] {
    return this.#invocations.map(({ instance, invocation }) => ({ ...invocation.command, instance }));
  }

  send(command: CommandSeed, instance: Instance): void {
    const invocation = new Invocation(command, instance, this.#place.context.timings);
    this.#invocations.push({ instance: instance.id, invocation });
  }

  find(id: string, instance: string): Invocation | undefined {
    return this.#invocations.find((one) => one.invocation.command.id === id && one.instance === instance)
      ?.invocation;
  }
}
