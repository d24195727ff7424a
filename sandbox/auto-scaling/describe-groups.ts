import {
  type AutoScalingGroupNamesType,
  type AutoScalingGroup as AutoScalingGroupOutput,
  type AutoScalingGroupsType,
  type Filter,
  InvalidNextToken,
  type LifecycleState,
  type Instance as MemberOutput,
} from '@aws-sdk/client-auto-scaling';
import { nextPage } from '../paging.ts';
import type { Operation } from '../service.ts';
import type { AutoScalingGroup } from './auto-scaling-group.ts';
import { validationError } from './errors.ts';

/** Source: API reference, DescribeAutoScalingGroups, MaxRecords. */
const [defaultPage, maxPage] = [50, 100];

export const describeAutoScalingGroups: Operation<AutoScalingGroupNamesType, AutoScalingGroupsType> = {
  action: 'autoscaling:DescribeAutoScalingGroups',
  heeds: ['AutoScalingGroupNames', 'Filters', 'MaxRecords', 'NextToken'],
  run: (
    { AutoScalingGroupNames: names, Filters = [], MaxRecords = defaultPage, NextToken },
    { region, now },
  ) => {
    if (MaxRecords < 1 || MaxRecords > maxPage) {
      throw validationError(
        `1 validation error detected: Value '${MaxRecords}' at 'maxRecords' failed to satisfy constraint: Member must have value less than or equal to ${maxPage}`,
      );
    }
    const groups = region.groupsAt(now);
    const matches = Filters.map(matcher);
    const { page, token } = nextPage(
      names === undefined || names.length === 0
        ? [...groups.values()]
        : [...new Set(names)].flatMap((name) => groups.get(name) ?? []),
      {
        size: MaxRecords,
        token: NextToken,
        keep: (group) => matches.every((match) => match(group)),
        invalidToken: () =>
          new InvalidNextToken({
            message: `The token '${NextToken}' is invalid.`,
            $metadata: { httpStatusCode: 400 },
          }),
      },
    );
    return {
      AutoScalingGroups: page.map((group) => groupOutput(group, now)),
      ...(token !== undefined && { NextToken: token }),
    };
  },
};

/** The values of one filter are alternatives. Source: API reference, Filter. */
function matcher({ Name = '', Values = [] }: Filter): (group: AutoScalingGroup) => boolean {
  const values = new Set(Values);
  if (Name.startsWith('tag:')) {
    const key = Name.slice('tag:'.length);
    return ({ tags }) => tags[key] !== undefined && values.has(tags[key]);
  }
  switch (Name) {
    case 'tag-key':
      return ({ tags }) => Values.some((key) => tags[key] !== undefined);
    case 'tag-value':
      return ({ tags }) => Object.values(tags).some((value) => values.has(value));
    default:
      throw validationError(
        `Filter type ${Name} is not correct. Allowed Filter types are: tag-key tag-value tag:`,
      );
  }
}

function groupOutput(group: AutoScalingGroup, now: number): AutoScalingGroupOutput {
  return {
    AutoScalingGroupName: group.name,
    AutoScalingGroupARN: group.arn,
    MinSize: group.min,
    MaxSize: group.max,
    DesiredCapacity: group.desired,
    DefaultCooldown: 300,
    AvailabilityZones: [...group.zones],
    HealthCheckType: 'EC2',
    CreatedTime: new Date(group.createdAt),
    SuspendedProcesses: [],
    Instances: group.members.map(
      (member): MemberOutput => ({
        InstanceId: member.instance.id,
        InstanceType: 't4g.small',
        AvailabilityZone: member.instance.zone,
        LifecycleState: group.lifecycleOf(member, now) as LifecycleState,
        HealthStatus: group.healthOf(member),
        ProtectedFromScaleIn: member.protectedFromScaleIn,
      }),
    ),
    Tags: Object.entries(group.tags).map(([Key, Value]) => ({
      ResourceId: group.name,
      ResourceType: 'auto-scaling-group',
      Key,
      Value,
      PropagateAtLaunch: group.propagateTags,
    })),
  };
}
