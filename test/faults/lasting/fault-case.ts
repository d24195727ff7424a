import type { Injector } from '#core/model/injector.ts';
import type { Target } from '#core/model/target.ts';
import type { StrikeWorld } from './a-strike-world.ts';

/** What the contract needs to know about a fault: one file a fault, in `cases/`, by the fault's name. */
export interface FaultCase {
  /** States that the target may be in before, with the parameters to strike it with. */
  readonly variants: readonly FaultVariant[];
  /** Targets that cannot take the fault, and a part of the reason. */
  readonly unfit: readonly UnfitVariant[];
  /** Where moto supports its calls. */
  readonly onMoto?: MotoCase;
}

export interface MotoCase {
  readonly parameters: unknown;
  /** The name of the resource. */
  readonly id: string;
  /** By resource type. */
  readonly arns: Readonly<Record<string, string>>;
  create(client: Injector['client']): Promise<unknown>;
  /** What the service says about it: equal before and after. */
  describe(client: Injector['client']): Promise<unknown>;
  /** Answers to commands that moto lacks. */
  readonly standIns?: Readonly<Record<string, object>>;
}

export interface FaultVariant {
  readonly title: string;
  readonly parameters: unknown;
  create(world: StrikeWorld): StruckResource;
}

export interface UnfitVariant {
  readonly title: string;
  readonly parameters: unknown;
  readonly reason: RegExp;
  create(world: StrikeWorld): Pick<StruckResource, 'find'>;
}

/** A resource on the sandbox. */
export interface StruckResource {
  /** As a run finds it. */
  find(): Promise<Target>;
  /** Everything about it that a fault might touch, as plain data: equal before and after. */
  describe(): unknown;
  /** Whether the fault is in effect. */
  isBroken(): boolean | Promise<boolean>;
  /** Somebody else changes the same thing. */
  change(): void;
  /** What such a change leaves of the fault: nothing, unless both can stand side by side. */
  readonly changeStandsBeside?: boolean;
  delete(): void;
  setTags(tags: Readonly<Record<string, string>>): void;
}
