import { partitionOf } from '#core/model/aws-names.ts';
import { type Group, groupKey, type Inspection, type Tags } from '#core/model/group.ts';
import type { KindTypes } from '#core/model/kind-types.ts';
import type { Observation } from '#core/model/observation.ts';
import type { Target } from '#core/model/target.ts';
import type { Candidate, Kind } from '#core/ports/kind.ts';
import { available, type Lookup } from '#core/util/lookup.ts';

/** A resource that stands alone: a group of one. */
export interface LoneGroup extends Group {
  readonly arn: string;
  /** The CloudFormation stack that it belongs to. */
  readonly stack: string | undefined;
}

export interface LoneInspection extends Inspection {
  readonly group: LoneGroup | undefined;
  /** The status of its stack, `UPDATE_IN_PROGRESS`; undefined if it is in none. */
  readonly stackStatus: Lookup<string | undefined>;
}

export interface LoneTypes extends KindTypes {
  readonly group: LoneGroup;
  readonly inspection: LoneInspection;
  readonly candidate: { readonly group: LoneGroup };
  readonly observation: Observation & { readonly group: LoneGroup | undefined };
}

/** What is the same for all kinds of resources that stand alone. */
export interface LoneKind {
  /** The name of the kind. */
  readonly kind: string;
  readonly groupKind: string;
  /** What people call it: `function`. */
  readonly what: string;
  /** The resource type of its own ARN. */
  readonly resource: string;
  /** `arn:aws:lambda:eu-west-1:111122223333:function:checkout`. */
  arnOf(
    place: { readonly partition: string; readonly region: string; readonly account: string },
    name: string,
  ): string;
  /** ARNs of other resources that faults change on its behalf, by resource type. */
  otherArns?(group: LoneGroup): Readonly<Record<string, string>>;
}

/** What an inspection tells of a target: ARNs of other resources that faults change on its behalf, and facts. */
type TargetDetails<Of extends LoneTypes> = (
  group: LoneGroup,
  inspection: Of['inspection'],
) => Pick<Target, 'arns' | 'facts'>;

type Shared<Of extends LoneTypes> = Pick<
  Kind<Of>,
  'isLone' | 'inspected' | 'candidates' | 'health' | 'undrawn' | 'notOptedIn' | 'found' | 'recovery'
>;

/** The part of a kind that is the same for all resources that stand alone. */
export function loneKind<Of extends LoneTypes>(of: LoneKind, details?: TargetDetails<Of>): Shared<Of> {
  return {
    isLone: true,
    inspected: (group) => group,
    candidates: (group, inspection): readonly Candidate<Of>[] => [
      {
        ...{ id: group.name, healthy: true, tags: group.tags, evidence: { group } },
        target: inspection && targetIn(group, of, details?.(group, inspection)),
      },
    ],
    health: () => ({ targets: 1, healthy: 1, desired: 1 }),
    undrawn: (group) => group,
    notOptedIn: (_group, _inspection, { key, value }) => `the ${of.what} has no tag ${key}=${value}`,
    found: ({ group }) => (group === undefined ? 'gone' : 'there'),
    recovery: (_strike, { group }) =>
      group === undefined
        ? { outcome: 'gone', text: `the ${of.what} is no more` }
        : { outcome: 'recovered', text: `the fault has ended, and the ${of.what} is there` },
  };
}

/** A made-up resource that nothing is happening to. */
export function fitLone(
  { account, region, number }: { readonly account: string; readonly region: string; readonly number: number },
  tags: Tags,
  of: LoneKind,
): { readonly group: LoneGroup; readonly inspection: LoneInspection } {
  const group = loneGroup({ account, region }, `simulated-${number}`, tags, of);
  return {
    group,
    inspection: { group, alarms: available([]), safetyLever: undefined, stackStatus: available(undefined) },
  };
}

function targetIn(
  group: LoneGroup,
  { kind, resource, otherArns }: LoneKind,
  details?: Pick<Target, 'arns' | 'facts'>,
): Target {
  return {
    kind,
    id: group.name,
    arns: { [resource]: group.arn, ...otherArns?.(group), ...details?.arns },
    account: group.account,
    region: group.region,
    group: group.key,
    facts: { ...details?.facts },
  };
}

export function loneGroup(
  place: { readonly account: string; readonly region: string },
  name: string,
  tags: Tags,
  { groupKind, arnOf }: Pick<LoneKind, 'groupKind' | 'arnOf'>,
  stack?: string,
): LoneGroup {
  const named = { ...place, kind: groupKind, name };
  return {
    ...named,
    key: groupKey(named),
    arn: arnOf({ ...place, partition: partitionOf(place.region) }, name),
    tags,
    conflictingTags: [],
    stack,
  };
}
