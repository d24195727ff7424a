import type { Group } from './group.ts';

/** A group and its target some time after a strike. Each kind of target adds what it sees of the two. */
export interface Observation {
  /** Undefined: the group is gone. */
  readonly group: Group | undefined;
}

/** What a kind of target observes: what it says a target was found as. */
export type ObservationOf<Kind> = Kind extends { found(seen: infer Seen extends Observation): string }
  ? Seen
  : Observation;
