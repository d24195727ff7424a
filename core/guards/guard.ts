import type { TagKeys } from '../config.ts';
import type { Group, InspectedInstance, Member } from '../group.ts';

/**
 * A pure check that turns a strike into a spare. One file each; its place in `index.ts` decides which reason is named first
 * when several refuse.
 */
export interface GroupGuard {
  /** The reason code: the name of its file. */
  readonly code: string;
  /** What stands against striking this group, in a few words with the numbers seen; undefined if nothing does. */
  refuses(group: Group, tags: TagKeys): string | undefined;
}

/** The same for one instance of a group that was drawn. */
export interface InstanceGuard {
  readonly code: string;
  refuses(candidate: Candidate, tags: TagKeys): string | undefined;
}

/** An instance in both views: the group's listing, and EC2's. */
export interface Candidate {
  readonly member: Member;
  /** Undefined when EC2 does not know the instance (any more). */
  readonly instance: InspectedInstance | undefined;
}
