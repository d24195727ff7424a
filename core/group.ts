/**
 * What a survey sees. A group is a set of interchangeable instances: an Auto Scaling group, or standalone
 * instances that share the value of the grouping tag.
 */
export interface Group {
  /** Unique in the organisation: `111122223333/eu-west-1/asg/web` or `.../tag/web`. Draws and claims hang on it. */
  readonly key: string;
  readonly account: string;
  readonly region: string;
  readonly kind: GroupKind;
  readonly name: string;
  /** The Auto Scaling group's ARN; undefined for standalone instances. */
  readonly arn: string | undefined;
  readonly tags: Tags;
  /** Keys on which the standalone instances of one group disagree; always empty for an Auto Scaling group. */
  readonly conflictingTags: readonly string[];
  /** The healthy capacity the group is meant to have: instances, or units where its members are weighted. */
  readonly desired: number;
  readonly members: readonly Member[];
}

export type GroupKind = 'asg' | 'tag';

export type Tags = Readonly<Record<string, string>>;

/** An instance as the group's own listing shows it, before it is looked up. */
export interface Member {
  readonly instanceId: string;
  readonly zone: string;
  /** What it counts for in `desired`: 1, unless the group weights its instance types. */
  readonly capacity: number;
  /** In service and healthy, as far as the listing tells. */
  readonly healthy: boolean;
  /** The state in AWS's words, for explanations: `InService/Healthy`, `Terminating:Wait/Healthy`, `stopped`. */
  readonly state: string;
}

/** An instance looked up in EC2, done only for groups about to be struck. */
export interface InspectedInstance {
  readonly instanceId: string;
  readonly arn: string;
  /** EC2's state: `running`, `pending`, `stopping`... */
  readonly state: string;
  readonly tags: Tags;
}

export function groupKey(group: Pick<Group, 'account' | 'region' | 'kind' | 'name'>): string {
  return `${group.account}/${group.region}/${group.kind}/${group.name}`;
}

export function healthyMembers(group: Group): readonly Member[] {
  return group.members.filter((member) => member.healthy);
}
