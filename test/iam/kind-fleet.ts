import type { Fault } from '#core/model/fault.ts';
import type { Tags } from '#core/model/group.ts';
import type { Region } from '#sandbox/state/region.ts';

/** What becomes of groups after a strike, by their names. */
export type Fates = Readonly<Record<string, 'recovered' | 'not-recovered'>>;

/** Groups of one kind of target, to be struck. `test/targets/FOLDER/fleet.ts` exports that of each kind as `fleet`. */
export interface KindFleet {
  readonly kind: string;
  /** Puts groups with these tags into a region, for one choice of a fault and its parameters. */
  put(region: Region, choice: FleetChoice): Fates;
}

export interface FleetChoice {
  readonly fault: Fault;
  readonly parameters: unknown;
  /** Part of the names of its groups. */
  readonly number: number;
  readonly tags: Tags;
}
