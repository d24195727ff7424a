import type { CandidateEvidence, Guard } from '../guards/guard.ts';
import type { Fault } from '../model/fault.ts';
import type { Group, Inspection, Protection, Tags } from '../model/group.ts';
import type { Target, TargetKind } from '../model/target.ts';
import type { Lookup } from '../util/lookup.ts';

/** What runs know of a kind of target: how its groups are judged, and one target of them is chosen. Pure, all of it. */
export interface Kind extends TargetKind {
  /** The kinds of its groups, as their keys name them: `asg` in `111122223333/eu-west-1/asg/web`. */
  readonly groupKinds: readonly string[];
  /** In the order in which their reasons are named. */
  readonly guards: readonly Guard[];
  /** A group with its inspection in it. */
  inspected(group: Group, inspection: Inspection): Group;
  /** What may be struck in a group. Without an inspection as far as its listing tells: nothing of it has a target then. */
  candidates(
    group: Group,
    inspection?: Inspection,
    protections?: ReadonlyMap<string, Lookup<readonly Protection[]>>,
  ): readonly Candidate[];
  /** Why the fault can never be done to it, in a few words; undefined if it can, or nothing is known of it. */
  unfit(candidate: Candidate, fault: Fault, parameters: unknown): string | undefined;
}

/** What may be struck in a group: its guards, and then a draw, decide whether it is. */
export interface Candidate {
  /** That of its target. */
  readonly id: string;
  /** As far as its group tells. */
  readonly healthy: boolean;
  /** Undefined where no inspection has shown it. */
  readonly target: Target | undefined;
  readonly tags: Tags;
  /** What its guards are asked about. */
  readonly evidence: CandidateEvidence;
}

/** The kind that a group's targets are of. */
export function kindOf(kinds: readonly Kind[], { kind }: Pick<Group, 'kind'>): Kind {
  const found = kinds.find(({ groupKinds }) => groupKinds.includes(kind));
  if (found === undefined) throw new UnknownKind(`this version does not know groups of the kind ${kind}`);
  return found;
}

/** Of what another version has seen. */
class UnknownKind extends Error {
  override readonly name = 'UnknownKind';
}
