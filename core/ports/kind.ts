import type { Guard } from '../guards/guard.ts';
import type { Group, Tags } from '../model/group.ts';
import type { KindTypes } from '../model/kind-types.ts';
import type { Recovery } from '../model/recovery.ts';
import type { StrikeEntry } from '../model/strike.ts';
import type { Target, TargetKind } from '../model/target.ts';

/** A kind of target: how its groups are judged, and which targets can be chosen. All methods are pure. */
export interface Kind<Of extends KindTypes = KindTypes> extends TargetKind {
  /** Its kinds of group, as in their keys: `asg` in `111122223333/eu-west-1/asg/web`. */
  readonly groupKinds: readonly string[];
  /** Each of its groups is one target. */
  readonly isLone?: true;
  /** In the order in which reports name their reasons. */
  readonly guards: readonly Guard<Of>[];
  /** A group with its inspection merged into it. */
  inspected(group: Of['group'], inspection: Of['inspection']): Of['group'];
  /** The candidates in a group. Without an inspection, they come from the listing alone, and have no target yet. */
  candidates(group: Of['group'], inspection?: Of['inspection']): readonly Candidate<Of>[];
  /** The group's healthy and desired capacity. */
  health(group: Of['group']): GroupHealth;
  /** Strips what only guards and candidates need: most groups in a survey are not drawn. */
  undrawn(group: Of['group']): Of['group'];
  /** Why a group has not opted in: which tag is missing, and where. */
  notOptedIn(
    group: Of['group'],
    inspection: Of['inspection'] | undefined,
    optIn: { readonly key: string; readonly value: string },
  ): string;
  /** A fictitious group that no guard spares, with only these tags. */
  fit(
    which: { readonly account: string; readonly region: string; readonly number: number },
    tags: Tags,
  ): FitGroup<Of>;
  /** The state of a target after a strike, in a few words: `terminated, not a member`. */
  found(seen: Of['observation']): string;
  /** Judges whether a struck group has recovered. `losesTarget`: the fault removes its target from the group. `now`: epoch ms. */
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
  /** Both in targets, or in units if targets are weighted. */
  readonly healthy: number;
  readonly desired: number;
}

export type RecoveryState = Omit<Recovery, 'at'> & {
  /** The group is also being changed by something else, such as a deployment, and gets longer to recover. */
  readonly isBusy?: boolean;
};

/** A part of a group that a strike can hit, if guards and the draw among candidates allow it. */
export interface Candidate<Of extends KindTypes = KindTypes> {
  /** The id of its target. */
  readonly id: string;
  /** According to its group. */
  readonly healthy: boolean;
  /** Undefined before the inspection, or if the inspection did not find it. */
  readonly target: Target | undefined;
  readonly tags: Tags;
  /** The evidence for its guards. */
  readonly evidence: Of['candidate'];
}

/** The kind of a group's targets. Throws `UnknownKind`. */
export function findKind(kinds: readonly Kind[], { kind }: Pick<Group, 'kind'>): Kind {
  const found = kinds.find(({ groupKinds }) => groupKinds.includes(kind));
  if (found === undefined) throw new UnknownKind(`this version does not know groups of kind ${kind}`);
  return found;
}

/** The parts of a group's key; undefined if the text is not a key, such as a bare name. */
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

/** The kind of a target. Throws `UnknownKind`. */
export function findTargetKind(kinds: readonly Kind[], { kind }: Pick<Target, 'kind'>): Kind {
  const found = kinds.find((one) => one.kind === kind);
  if (found === undefined) throw new UnknownKind(`this version does not know targets of kind ${kind}`);
  return found;
}

/** A kind of group or target that only another version knows. */
export class UnknownKind extends Error {
  override readonly name = 'UnknownKind';
}
