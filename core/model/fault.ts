import * as z from 'zod';
import type { Parsed } from '../util/parse.ts';
import type { Injector } from './injector.ts';
import type { Lasting } from './lasting.ts';
import type { ObservationOf } from './observation.ts';
import type { PlaceOfRole, ResourceType, TargetKind, TargetOf } from './target.ts';

/** What a fault calls an action for. Those of `prepare` only read. A fault that is done once has nothing but `inject`. */
export type Phase = 'prepare' | 'inject' | 'undo';

/** An action that a fault calls. The policies of roles and of sessions are derived from these. */
export interface Permission<Parameters, On extends string = string> {
  readonly action: `${string}:${string}`;
  /**
   * The resource type that it is called on. The role allows it only where that carries the opt-in tag. Left out for actions on `ours`,
   * and for those that read and that IAM cannot limit to a resource.
   */
  readonly on?: On;
  /** ARNs of what is ours in the target account, as an SSM document is: no tag is asked for. */
  ours?(place: Place): readonly string[];
  /** Of an action that only reads: what it is called on has no tags, or none that count, so the role allows it on all of that type. */
  readonly untagged?: true;
  /**
   * Of an action that only reads: its answer may hold secrets. Undo is granted it only where the opt-in tag is there, whatever its value;
   * it cannot tell by it that the target is gone, as that has no tags.
   */
  readonly showsSecrets?: true;
  /** Left out: `inject`. */
  readonly phases?: readonly Phase[];
  /** Conditions beside the tag's, by operator and key. */
  readonly condition?: Condition | ((place: PlaceOfRole) => Condition);
  /** For which parameters it is called; left out: for all. */
  when?(parameters: Parameters): boolean;
}

/** In a role's policy, `region` is `*`. */
export interface Place extends PlaceOfRole {
  readonly region: string;
}

/** `{ StringEquals: { 'ssm:Overwrite': 'true' } }`. */
export type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** What every fault has. */
export interface FaultBase<Kind extends TargetKind, Parameters> {
  /** Kebab-case, the name of its file. */
  readonly name: string;
  /** One sentence, for the CLI and the docs. */
  readonly summary: string;
  /** A strict object whose keys all have defaults, so that the name alone is a choice. */
  readonly parameters: z.ZodType<Parameters>;
  /** The kind of target that it strikes. */
  readonly kind: Kind['kind'];
  readonly permissions: readonly Permission<Parameters, ResourceType<Kind>>[];
  /**
   * What its permissions allow besides it on whatever has opted in, as IAM cannot limit what they write, in a few words. Left out:
   * nothing of weight. Such faults are never in the configuration's default.
   */
  readonly wide?: string;
  /** What stays when it is over and no undo gives back, in a few words: lost messages, a cold start. */
  readonly leaves: string;
  /** Why this fault can never be injected into the target, in a few words; undefined if it can. */
  unfit?(target: TargetOf<Kind>, parameters: Parameters): string | undefined;
}

/** Done once, with nothing to undo: terminate, stop, reboot. */
export interface OneShotFault<Kind extends TargetKind = TargetKind, Parameters = unknown>
  extends FaultBase<Kind, Parameters> {
  readonly lasts: false;
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

/** Lasts until it is undone, or ends by itself. */
export interface LastingFault<Kind extends TargetKind = TargetKind, Parameters = unknown, Saved = unknown>
  extends FaultBase<Kind, Parameters>,
    Lasting<Kind, Parameters, Saved> {}

/** Something that can be done to targets of a kind: one file in faults/, and nothing else to touch. */
export type Fault<Kind extends TargetKind = TargetKind, Parameters = unknown> =
  | OneShotFault<Kind, Parameters>
  | LastingFault<Kind, Parameters>;

/** The answer shows that the target was lost to its group before it was struck. That is no strike: nothing was tested. */
export class AlreadyEnded extends Error {
  override readonly name = 'AlreadyEnded';
  /** The state change in the answer: `shutting-down -> shutting-down`. */
  readonly change: string;

  constructor(change: string) {
    super(`somebody else had already ended it: ${change}`);
    this.change = change;
  }
}

/** Nothing of a fault that lasts is in place, and nothing will be: there is nothing to undo, although AWS has accepted calls. */
export class NotInjected extends Error {
  override readonly name = 'NotInjected';
}

/** All faults, by name. */
export type FaultRegistry = ReadonlyMap<string, Fault>;

/** A fault with its parameters parsed. */
export const ChosenFault = z.object({ name: z.string(), parameters: z.unknown() });
export type ChosenFault = Parsed<typeof ChosenFault>;
