import type {
  AutoScalingGroupNamesType,
  AutoScalingGroup as AutoScalingGroupOutput,
  AutoScalingGroupsType,
  Filter,
  LifecycleState,
  Instance as MemberOutput,
} from '@aws-sdk/client-auto-scaling';
import type { Operation } from '../service.ts';
import type { AutoScalingGroup } from './auto-scaling-group.ts';
import { validationError } from './errors.ts';
import { readPage } from './pages.ts';

/** Source: API reference, DescribeAutoScalingGroups, MaxRecords. */
const defaultPage = 50;

export const describeAutoScalingGroups: Operation<AutoScalingGroupNamesType, AutoScalingGroupsType> = {
  action: 'autoscaling:DescribeAutoScalingGroups',
  inputs: ['AutoScalingGroupNames', 'Filters', 'MaxRecords', 'NextToken'],
  run: ({ AutoScalingGroupNames: names, Filters = [], ...input }, { region, now }) => {
    const groups = region.groupsAt(now);
    const matches = Filters.map(matcher);
    const all =
      names === undefined || names.length === 0
        ? [...groups.values()]
        : [...new Set(names)].flatMap((name) => groups.get(name) ?? []);
    const isWanted = (group: AutoScalingGroup) => !group.isDeleted && matches.every((match) => match(group));
    const { page, next } = readPage(all, input, defaultPage, isWanted);
    return { AutoScalingGroups: page.map((group) => groupOutput(group, now)), ...next };
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
    SuspendedProcesses: [...group.suspended].map(([ProcessName, since]) => ({
      ProcessName,
      SuspensionReason: `User suspended at ${new Date(since).toISOString()}`,
    })),
    Instances: group.members.map(
      (member): MemberOutput => ({
        InstanceId: member.instance.id,
        InstanceType: 't4g.small',
        AvailabilityZone: member.instance.zone,
        LifecycleState: group.lifecycleOf(member, now) as LifecycleState,
        HealthStatus: member.health,
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
