import type { Group } from './group.ts';

/** A group and its target some time after a strike. Each kind of target adds its own members. */
export interface Observation {
  /** Undefined if the group is gone. */
  readonly group: Group | undefined;
}

/** The type of a kind of target's observations: the argument of its `found`. */
export type ObservationOf<Kind> = Kind extends { found(seen: infer Seen extends Observation): string }
  ? Seen
  : Observation;
