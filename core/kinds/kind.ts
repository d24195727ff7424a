import type { CandidateEvidence, Guard } from '../guards/guard.ts';
import type { Fault } from '../model/fault.ts';
import type { Group, Inspection, Protection, Tags } from '../model/group.ts';
import type { Observation } from '../model/observation.ts';
import type { Recovery } from '../model/recovery.ts';
import type { StrikeEntry } from '../model/strike.ts';
import type { Target, TargetKind, TargetSeen } from '../model/target.ts';
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
  /** What of the group is there. */
  health(group: Group): GroupHealth;
  /** A group without what only its guards and candidates are made from: most of those that a survey sees are not drawn. */
  undrawn(group: Group): Group;
  /** Why a group has not opted in: which tag is missing, and on what. */
  notOptedIn(
    group: Group,
    inspection: Inspection | undefined,
    optIn: { readonly key: string; readonly value: string },
  ): string;
  /** A made-up group that nothing spares: no tags but these, and nothing going on. */
  fit(
    which: { readonly account: string; readonly region: string; readonly number: number },
    tags: Tags,
  ): FitGroup;
  /** How a target was found after a strike, in a few words: `terminated, no member`. */
  found(target: TargetSeen): string;
  /** How a struck group is. `losesTarget`: the fault takes its target from the group. `now`: epoch ms. */
  recovery(
    strike: StrikeEntry,
    observation: Observation,
    about: { readonly losesTarget: boolean; readonly now: number },
  ): RecoveryState;
}

/** A group for simulations, and all that there is to know of it. */
export interface FitGroup {
  readonly group: Group;
  readonly inspection: Inspection;
  readonly protections: ReadonlyMap<string, Lookup<readonly Protection[]>>;
}

export interface GroupHealth {
  readonly targets: number;
  /** In targets, or in units where they are weighted. */
  readonly healthy: number;
  /** In the same. */
  readonly desired: number;
}

export type RecoveryState = Omit<Recovery, 'at'> & {
  /** Something else is being done to the group: it takes longer to recover. */
  readonly isBusy?: boolean;
};

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

/** The kind that a group's targets are of. Throws `UnknownKind`. */
export function kindOf(kinds: readonly Kind[], { kind }: Pick<Group, 'kind'>): Kind {
  const found = kinds.find(({ groupKinds }) => groupKinds.includes(kind));
  if (found === undefined) throw new UnknownKind(`this version does not know groups of the kind ${kind}`);
  return found;
}

/** What a group's key is made of; undefined for what is no key, such as a mere name. */
export function keyParts(
  kinds: readonly Kind[],
  text: string,
): Pick<Group, 'account' | 'region' | 'kind' | 'name'> | undefined {
  const of = kinds.flatMap(({ groupKinds }) => groupKinds).join('|');
  const parts = new RegExp(`^(\\d{12})/([a-z0-9-]+)/(${of})/(.+)$`, 's').exec(text);
  if (parts === null) return undefined;
  const [, account = '', region = '', kind = '', name = ''] = parts;
  return { account, region, kind, name };
}

/** The kind that a target is of. Throws `UnknownKind`. */
export function kindOfTarget(kinds: readonly Kind[], { kind }: Pick<Target, 'kind'>): Kind {
  const found = kinds.find((one) => one.kind === kind);
  if (found === undefined) throw new UnknownKind(`this version does not know targets of the kind ${kind}`);
  return found;
}

/** A kind of group or target that another version has seen or struck. */
export class UnknownKind extends Error {
  override readonly name = 'UnknownKind';
}
