import type { Target } from '#core/model/target.ts';
import type { MotoAccount } from '../../support/moto-account.ts';
import type { StrikeWorld } from './a-strike-world.ts';

/** What the contract needs to know about a fault: one file a fault, in `cases/`, by the fault's name. */
export interface FaultCase {
  /** States that the target may be in before, with the parameters to strike it with. */
  readonly variants: readonly FaultVariant[];
  /** Targets that cannot take the fault, and a part of the reason. */
  readonly unfit: readonly UnfitVariant[];
  /** Left out where moto does not implement what the fault calls. */
  readonly onMoto?: readonly MotoVariant[];
}

/** A target that is created on moto, which knows nothing of permissions, and shows every change at once. */
export interface MotoVariant {
  readonly title: string;
  readonly parameters: unknown;
  create(account: MotoAccount, region: string): Promise<MotoResource>;
}

export interface MotoResource {
  readonly target: Target;
  /** What the service says about it, as far as the fault might touch it. */
  describe(): Promise<unknown>;
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
