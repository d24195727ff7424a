import type { Lookup } from '../util/lookup.ts';

/** What a survey sees: interchangeable targets, of which a strike hits one. Each kind of target adds what it knows of its groups. */
export interface Group {
  /** Unique in the organization: `111122223333/eu-west-1/asg/web`. Draws and claims depend on it. */
  readonly key: string;
  readonly account: string;
  readonly region: string;
  /** One of the kinds of group that a kind of target has. */
  readonly kind: string;
  readonly name: string;
  /** Undefined for a group that is no resource of its own. */
  readonly arn: string | undefined;
  readonly tags: Tags;
  /** Keys on which the targets of the group disagree; empty if the group itself is tagged. */
  readonly conflictingTags: readonly string[];
}

export type Tags = Readonly<Record<string, string>>;

/** What is read only about a group that is about to be struck. Each kind of target adds what its guards need. */
export interface Inspection {
  /** As it is listed now, which may be minutes after the survey, opted in or not. Undefined: it is gone. */
  readonly group: Group | undefined;
  /** Alarms in the group's account and region: those of the configuration, and the one that the group's tag names. */
  readonly alarms: Lookup<readonly Alarm[]>;
  /** That of the group's account and region; undefined if the configuration does not ask for it. */
  readonly safetyLever: Lookup<SafetyLever> | undefined;
}

/** A CloudWatch alarm. One that was asked for and does not exist has the state `MISSING`. */
export interface Alarm {
  readonly name: string;
  readonly state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA' | 'MISSING';
}

/** AWS FIS's own switch: while engaged, it holds every experiment in an account and region. */
export interface SafetyLever {
  readonly status: 'engaged' | 'disengaged' | 'engaging';
  readonly reason: string;
}

export function groupKey(group: Pick<Group, 'account' | 'region' | 'kind' | 'name'>): string {
  return `${group.account}/${group.region}/${group.kind}/${group.name}`;
}
