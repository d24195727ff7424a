import type { Guard } from '../guards/guard.ts';
import type { Group, Tags } from '../model/group.ts';
import type { KindTypes } from '../model/kind-types.ts';
import type { Recovery } from '../model/recovery.ts';
import type { StrikeEntry } from '../model/strike.ts';
import type { Target, TargetKind } from '../model/target.ts';

/** What runs know about a kind of target: how its groups are judged, and how one target is chosen. All of it is pure. */
export interface Kind<Of extends KindTypes = KindTypes> extends TargetKind {
  /** The kinds of its groups, as their keys name them: `asg` in `111122223333/eu-west-1/asg/web`. */
  readonly groupKinds: readonly string[];
  /** In the order in which their reasons are named. */
  readonly guards: readonly Guard<Of>[];
  /** A group with its inspection merged into it. */
  inspected(group: Of['group'], inspection: Of['inspection']): Of['group'];
  /** What may be struck in a group. Without an inspection it goes by the listing alone, and no candidate has a target yet. */
  candidates(group: Of['group'], inspection?: Of['inspection']): readonly Candidate<Of>[];
  /** How much of the group is there. */
  health(group: Of['group']): GroupHealth;
  /** A group without what only its guards and candidates need: most groups that a survey sees are not drawn. */
  undrawn(group: Of['group']): Of['group'];
  /** Why a group has not opted in: which tag is missing, and on what. */
  notOptedIn(
    group: Of['group'],
    inspection: Of['inspection'] | undefined,
    optIn: { readonly key: string; readonly value: string },
  ): string;
  /** A made-up group that nothing spares: it has only these tags, and nothing is going on. */
  fit(
    which: { readonly account: string; readonly region: string; readonly number: number },
    tags: Tags,
  ): FitGroup<Of>;
  /** What was found of a target after a strike, in a few words: `terminated, no member`. */
  found(seen: Of['observation']): string;
  /** How a struck group is. `losesTarget`: the fault takes its target from the group. `now`: epoch ms. */
  recovery(
    strike: StrikeEntry,
    seen: Of['observation'],
    about: { readonly losesTarget: boolean; readonly now: number },
  ): RecoveryState;
}

/** A group for simulations, with its inspection. */
export interface FitGroup<Of extends KindTypes = KindTypes> {
  readonly group: Of['group'];
  readonly inspection: Of['inspection'];
}

export interface GroupHealth {
  readonly targets: number;
  /** In targets, or in units if they are weighted. */
  readonly healthy: number;
  /** In the same. */
  readonly desired: number;
}

export type RecoveryState = Omit<Recovery, 'at'> & {
  /** Something else is being done to the group, so it is given longer. */
  readonly isBusy?: boolean;
};

/** What may be struck in a group: guards, and then a draw, decide whether it is. */
export interface Candidate<Of extends KindTypes = KindTypes> {
  /** That of its target. */
  readonly id: string;
  /** As far as its group tells. */
  readonly healthy: boolean;
  /** Undefined if no inspection has shown it. */
  readonly target: Target | undefined;
  readonly tags: Tags;
  /** What its guards are asked about. */
  readonly evidence: Of['candidate'];
}

/** The kind that a group's targets are of. Throws `UnknownKind`. */
export function kindOf(kinds: readonly Kind[], { kind }: Pick<Group, 'kind'>): Kind {
  const found = kinds.find(({ groupKinds }) => groupKinds.includes(kind));
  if (found === undefined) throw new UnknownKind(`this version does not know groups of the kind ${kind}`);
  return found;
}

/** The parts of a group's key; undefined for what is not a key, such as a mere name. */
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
