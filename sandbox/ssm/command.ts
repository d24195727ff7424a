import type { CommandInvocationStatus } from '@aws-sdk/client-ssm';
import type { Instance } from '../ec2/instance.ts';
import type { Timings } from '../state/sandbox-context.ts';
import type { Exit } from './managed-node.ts';

export interface CommandSeed {
  readonly id: string;
  readonly document: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly comment: string;
  /** Within which the agent must pick it up. */
  readonly timeoutSeconds: number;
  readonly sentAt: number;
}

interface Outcome {
  readonly status: CommandInvocationStatus;
  readonly details: string;
  readonly exit: Exit;
}

/** Until it is over. */
const none: Exit = { code: -1, output: '', errors: '' };

/** A command on one instance. What becomes of it is settled when it is sent, and comes to light as time passes. */
export class Invocation {
  readonly command: CommandSeed;
  readonly #instance: Instance;
  readonly #listedAt: number;
  readonly #pickedUpAt: number;
  readonly #endedAt: number;
  readonly #exit: Exit | undefined;

  constructor(command: CommandSeed, instance: Instance, timings: Timings) {
    this.command = command;
    this.#instance = instance;
    this.#listedAt = command.sentAt + timings.invocationListedMs;
    this.#pickedUpAt = command.sentAt + timings.commandPickUpMs;
    this.#endedAt = this.#pickedUpAt + timings.commandRunMs;
    // Commands are picked up in the order in which they were sent, so each finds what those before it have left.
    if (instance.node?.picksUp) {
      this.#exit = instance.node.run(command.document, command.parameters, this.#pickedUpAt);
    }
  }

  /** Undefined until GetCommandInvocation knows of it. */
  outcomeAt(now: number): Outcome | undefined {
    if (now < this.#listedAt) return undefined;
    const goneAt = this.#instance.endedAt(now) ?? Number.POSITIVE_INFINITY;
    if (this.#exit === undefined || goneAt < this.#pickedUpAt) {
      return now < this.command.sentAt + this.command.timeoutSeconds * 1000
        ? { status: 'Pending', details: 'Pending', exit: none }
        : { status: 'TimedOut', details: 'DeliveryTimedOut', exit: none };
    }
    if (now < this.#pickedUpAt) return { status: 'Pending', details: 'Pending', exit: none };
    if (now < this.#endedAt) return { status: 'InProgress', details: 'InProgress', exit: none };
    const status = this.#exit.code === 0 ? 'Success' : 'Failed';
    return { status, details: status, exit: this.#exit };
  }
}
