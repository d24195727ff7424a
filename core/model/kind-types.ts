import type { Group, Inspection } from './group.ts';
import type { Observation } from './observation.ts';

/**
 * A kind of target's own types. Core uses only the members of these general types, and passes values back to the kind that they
 * came from.
 */
export interface KindTypes {
  readonly group: Group;
  readonly inspection: Inspection;
  /** The evidence for the guards of one candidate. */
  readonly candidate: object;
  readonly observation: Observation;
}
