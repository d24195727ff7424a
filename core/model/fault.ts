import * as z from 'zod';
import type { Parsed } from '../util/parse.ts';
import type { ObservationOf } from './observation.ts';
import type { ResourceType, TargetKind, TargetOf } from './target.ts';

/** An IAM action that a fault needs. The policies of the target role and of strike sessions are derived from these. */
export interface Permission<Parameters, On extends string = string> {
  readonly action: `${string}:${string}`;
  /** The resource type that it is called on. The role allows it only on resources with the opt-in tag. */
  readonly on: On;
  /** Whether these parameters need it. Default: always. */
  when?(parameters: Parameters): boolean;
}

/** Makes SDK clients in the target's account and region, under a session that can reach nothing but the ordered targets. */
export interface Injector {
  client<Client extends SdkClient>(service: SdkClientClass<Client>): Client;
}

/** The part of an SDK client that we use. */
export interface SdkClient {
  readonly middlewareStack: { use(plugin: { applyToStack: (stack: never) => void }): void };
}

export type SdkClientClass<Client extends SdkClient> = new (configuration: { region: string }) => Client;

/** A way to strike targets of one kind. */
export interface Fault<Kind extends TargetKind = TargetKind, Parameters = unknown> {
  /** Kebab-case, the name of its file. */
  readonly name: string;
  /** One sentence, for the CLI and the docs. */
  readonly summary: string;
  /** A strict object whose keys all have defaults, so that the name alone is a choice. */
  readonly parameters: z.ZodType<Parameters>;
  /** The kind of target that it strikes. */
  readonly kind: Kind['kind'];
  readonly permissions: readonly Permission<Parameters, ResourceType<Kind>>[];
  /** Why this fault can never be injected into the target, in a few words; undefined if it can. */
  unfit?(target: TargetOf<Kind>, parameters: Parameters): string | undefined;
  /**
   * Whether an observation, minutes after `struckAt` (epoch ms), shows that the fault took effect and the group lost its target.
   * Omit it if no observation can show that and the group keeps its target.
   */
  tookEffect?(seen: ObservationOf<Kind>, struckAt: number): boolean;
  /**
   * Strikes one target with one call. Returns what changed, in a few words. Throws the SDK's errors, and `AlreadyEnded`.
   */
  inject(injector: Injector, target: TargetOf<Kind>, parameters: Parameters): Promise<string>;
}

/** AWS's answer shows that the group had already lost the target. That is no strike: nothing was tested. */
export class AlreadyEnded extends Error {
  override readonly name = 'AlreadyEnded';
  /** The state change in the answer: `shutting-down -> shutting-down`. */
  readonly change: string;

  constructor(change: string) {
    super(`somebody else had already ended it: ${change}`);
    this.change = change;
  }
}

/** All faults, by name. */
export type FaultRegistry = ReadonlyMap<string, Fault>;

/** A fault with its parameters parsed. */
export const ChosenFault = z.object({ name: z.string(), parameters: z.unknown() });
export type ChosenFault = Parsed<typeof ChosenFault>;
