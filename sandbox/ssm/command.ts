import type { CommandInvocationStatus } from '@aws-sdk/client-ssm';
import type { Instance } from '../ec2/instance.ts';
import type { Timings } from '../state/sandbox-context.ts';

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
  /** -1 until it is over. */
  readonly exitCode: number;
}

/** A command on one instance. What becomes of it is settled when it is sent, and comes to light as time passes. */
export class Invocation {
  readonly command: CommandSeed;
  readonly #instance: Instance;
  readonly #listedAt: number;
  readonly #pickedUpAt: number;
  readonly #endedAt: number;
  readonly #exitCode: number | undefined;

  constructor(command: CommandSeed, instance: Instance, timings: Timings) {
    this.command = command;
    this.#instance = instance;
    this.#listedAt = command.sentAt + timings.invocationListedMs;
    this.#pickedUpAt = command.sentAt + timings.commandPickUpMs;
    this.#endedAt = this.#pickedUpAt + timings.commandRunMs;
    // Commands are picked up in the order in which they were sent, so each finds what those before it have left.
    if (instance.node?.picksUp) {
      this.#exitCode = instance.node.run(command.document, command.parameters, this.#pickedUpAt);
    }
  }

  /** Undefined until GetCommandInvocation knows of it. */
  outcomeAt(now: number): Outcome | undefined {
    if (now < this.#listedAt) return undefined;
    const goneAt = this.#instance.endedAt(now) ?? Number.POSITIVE_INFINITY;
    if (this.#exitCode === undefined || goneAt < this.#pickedUpAt) {
      return now < this.command.sentAt + this.command.timeoutSeconds * 1000
        ? { status: 'Pending', details: 'Pending', exitCode: -1 }
        : { status: 'TimedOut', details: 'DeliveryTimedOut', exitCode: -1 };
    }
    if (now < this.#pickedUpAt) return { status: 'Pending', details: 'Pending', exitCode: -1 };
    if (now < this.#endedAt) return { status: 'InProgress', details: 'InProgress', exitCode: -1 };
    const status = this.#exitCode === 0 ? 'Success' : 'Failed';
    return { status, details: status, exitCode: this.#exitCode };
  }
}
