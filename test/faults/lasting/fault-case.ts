import type { Clients } from '#aws/clients/clients.ts';
import type { Target } from '#core/model/target.ts';
import type { AccountUnderTest } from '../../contract/aws/aws-under-test.ts';
import type { StrikeWorld } from './a-strike-world.ts';

/** What the contract needs to know about a fault: one file a fault, in `cases/`, by the fault's name. */
export interface FaultCase {
  /** States that the target may be in before, with the parameters to strike it with. */
  readonly variants: readonly FaultVariant[];
  /** Targets that cannot take the fault, and a part of the reason. */
  readonly unfit: readonly UnfitVariant[];
  /** The same on moto, where that supports the calls. */
  readonly onMoto?: OnMoto;
}

export interface OnMoto {
  readonly parameters: unknown;
  create(account: AccountUnderTest, clients: Clients): Promise<ResourceOnMoto>;
}

export interface ResourceOnMoto {
  readonly target: Pick<Target, 'id' | 'arns'>;
  /** All that AWS tells about it, but for what tells of changes: equal before and after. */
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
  /** Somebody else changes the same thing, before the fault is injected or while it is active. */
  change(when: 'before' | 'active'): void;
  /** What such a change leaves of the fault: nothing, unless both can stand side by side. */
  readonly changeStandsBeside?: boolean;
  /** Such a change while it is active can only end the fault: nothing is left to undo. */
  readonly changeEndsIt?: boolean;
  delete(): void;
  setTags(tags: Readonly<Record<string, string>>): void;
}
