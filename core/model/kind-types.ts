import type { Group, Inspection } from './group.ts';
import type { Observation } from './observation.ts';

/**
 * The types in which a kind of target knows its groups. Core passes values of them on to the kind that they came from, and
 * looks only at what these general ones have.
 */
export interface KindTypes {
  readonly group: Group;
  readonly inspection: Inspection;
  /** What the guards of one candidate are asked about. */
  readonly candidate: object;
  readonly observation: Observation;
}
