import type { Lookup } from '../util/lookup.ts';

/** A set of interchangeable targets, of which a strike hits one. Each kind of target adds its own members. */
export interface Group {
  /** Unique in the organization: `111122223333/eu-west-1/asg/web`. Draws and claims use it. */
  readonly key: string;
  readonly account: string;
  readonly region: string;
  /** One of `Kind.groupKinds`. */
  readonly kind: string;
  readonly name: string;
  /** Undefined if the group is not an AWS resource. */
  readonly arn: string | undefined;
  readonly tags: Tags;
  /** Tag keys whose values differ between the group's targets; empty if the group itself has tags. */
  readonly conflictingTags: readonly string[];
}

export type Tags = Readonly<Record<string, string>>;

/** What is read only for groups about to be struck. Each kind of target adds what its guards need. */
export interface Inspection {
  /** The group as listed now, which may be minutes after the survey, opted in or not. Undefined if it is gone. */
  readonly group: Group | undefined;
  /** Alarms in the group's account and region: the configured ones, and the one that the group's tag names. */
  readonly alarms: Lookup<readonly Alarm[]>;
  /** The safety lever of the group's account and region; undefined if the configuration does not use it. */
  readonly safetyLever: Lookup<SafetyLever> | undefined;
}

/** A CloudWatch alarm. One that does not exist has the state `MISSING`. */
export interface Alarm {
  readonly name: string;
  readonly state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA' | 'MISSING';
}

/** AWS FIS's switch: while engaged, it stops and prevents every experiment in its account and region. */
export interface SafetyLever {
  readonly status: 'engaged' | 'disengaged' | 'engaging';
  readonly reason: string;
}

export function groupKey(group: Pick<Group, 'account' | 'region' | 'kind' | 'name'>): string {
  return `${group.account}/${group.region}/${group.kind}/${group.name}`;
}
