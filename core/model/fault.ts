import * as z from 'zod';
import type { Parsed } from '../util/parse.ts';
import type { ObservationOf } from './observation.ts';
import type { ResourceType, TargetKind, TargetOf } from './target.ts';

/** An action that a fault calls. The policies of the target role and of strike sessions are derived from these. */
export interface Permission<Parameters, On extends string = string> {
  readonly action: `${string}:${string}`;
  /** The resource type that it is called on. The role allows it only where that carries the opt-in tag. */
  readonly on: On;
  /** For which parameters it is called; left out: for all. */
  when?(parameters: Parameters): boolean;
}

/** What a fault acts with: SDK clients in the target's account and region, under a session that can reach nothing else. */
export interface Injector {
  client<Client extends SdkClient>(service: SdkClientClass<Client>): Client;
}

/** What all SDK clients have in common, as far as we touch it. */
export interface SdkClient {
  readonly middlewareStack: { use(plugin: { applyToStack: (stack: never) => void }): void };
}

export type SdkClientClass<Client extends SdkClient> = new (configuration: { region: string }) => Client;

/** Something that can be done to targets of a kind: one file in faults/, and nothing else to touch. */
export interface Fault<Kind extends TargetKind = TargetKind, Parameters = unknown> {
  /** Kebab-case, the name of its file. */
  readonly name: string;
  /** One sentence, for the CLI and the docs. */
  readonly summary: string;
  /** A strict object whose keys all have defaults, so that the name alone is a choice. */
  readonly parameters: z.ZodType<Parameters>;
  /** The kind of target that it is done to. */
  readonly kind: Kind['kind'];
  readonly permissions: readonly Permission<Parameters, ResourceType<Kind>>[];
  /** Why the target, being what it is, can never take this fault, in a few words; undefined if it can. */
  unfit?(target: TargetOf<Kind>, parameters: Parameters): string | undefined;
  /**
   * Whether an observation, minutes after `struckAt` (epoch ms), shows that the fault took effect and that the group lost its
   * target. Left out: no observation can show it, and the target stays.
   */
  tookEffect?(seen: ObservationOf<Kind>, struckAt: number): boolean;
  /**
   * Strikes one target with one call. Returns what changed, in a few words; throws what the SDK throws, and `AlreadyEnded`.
   */
  inject(injector: Injector, target: TargetOf<Kind>, parameters: Parameters): Promise<string>;
}

/** The answer shows that the target was lost to its group before it was struck. That is no strike: nothing was tested. */
export class AlreadyEnded extends Error {
  override readonly name = 'AlreadyEnded';
  /** What the answer says: `shutting-down -> shutting-down`. */
  readonly change: string;

  constructor(change: string) {
    super(`somebody else had ended it before: ${change}`);
    this.change = change;
  }
}

/** All faults there are, by name. */
export type FaultRegistry = ReadonlyMap<string, Fault>;

/** A fault with its parameters parsed. */
export const ChosenFault = z.object({ name: z.string(), parameters: z.unknown() });
export type ChosenFault = Parsed<typeof ChosenFault>;
