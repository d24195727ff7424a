import type {
  DescribeInstancesRequest,
  DescribeInstancesResult,
  DeviceType,
  Filter,
  InstanceLifecycleType,
  Reservation,
} from '@aws-sdk/client-ec2';
import { NotImplemented } from '../not-implemented.ts';
import { nextPage } from '../paging.ts';
import type { Operation, Scope } from '../service.ts';
import { ec2Error } from './errors.ts';
import { findInstances } from './find-instances.ts';
import type { Instance } from './instance.ts';
import { stateOutput } from './state-changes.ts';

/** Source: API reference, DescribeInstances, MaxResults. */
const [minPage, maxPage] = [5, 1000];
/** Source: User Guide, "List and filter using the CLI and API", filtering considerations. */
const maxFilterValues = 200;

export const describeInstances: Operation<DescribeInstancesRequest, DescribeInstancesResult> = {
  action: 'ec2:DescribeInstances',
  inputs: ['InstanceIds', 'Filters', 'MaxResults', 'NextToken'],
  run: ({ InstanceIds, Filters = [], MaxResults, NextToken }, scope) => {
    if (MaxResults !== undefined && InstanceIds !== undefined) {
      throw ec2Error(
        'InvalidParameterCombination',
        'The parameter instancesSet cannot be used with the parameter maxResults',
      );
    }
    if (MaxResults !== undefined && (MaxResults < minPage || MaxResults > maxPage)) {
      throw ec2Error(
        'InvalidParameterValue',
        `Value ( ${MaxResults} ) for parameter maxResults is invalid. Expecting a value between ${minPage} and ${maxPage}.`,
      );
    }
    if (Filters.flatMap(({ Values = [] }) => Values).length > maxFilterValues) {
      throw ec2Error(
        'FilterLimitExceeded',
        `The maximum number of filter values specified on a single call is ${maxFilterValues}`,
      );
    }
    const matches = Filters.map((filter) => matcher(filter, scope.now));
    const all =
      InstanceIds === undefined ? scope.region.instancesAt(scope.now) : findInstances(InstanceIds, scope);
    const { page, token } = nextPage(all, {
      size: MaxResults ?? Number.POSITIVE_INFINITY,
      token: NextToken,
      keep: (instance) => instance.isListedAt(scope.now) && matches.every((match) => match(instance)),
      invalidToken: () => ec2Error('InvalidParameterValue', 'The token is invalid'),
    });
    return {
      Reservations: page.map((instance) => reservation(instance, scope)),
      ...(token !== undefined && { NextToken: token }),
    };
  },
};

/** The values of one filter are alternatives. */
function matcher({ Name = '', Values = [] }: Filter, now: number): (instance: Instance) => boolean {
  const literals = Values.map((value) => literal(value, Name));
  const values = new Set(literals);
  if (Name.startsWith('tag:')) {
    const key = Name.slice('tag:'.length);
    return ({ tags }) => tags[key] !== undefined && values.has(tags[key]);
  }
  switch (Name) {
    case 'tag-key':
      return ({ tags }) => literals.some((key) => tags[key] !== undefined);
    case 'instance-state-name':
      return (instance) => values.has(instance.stateAt(now));
    case 'instance-id':
      return ({ id }) => values.has(id);
    case 'availability-zone':
      return ({ zone }) => values.has(zone);
    default:
      throw new NotImplemented(`the EC2 filter ${Name}`);
  }
}

/** A backslash escapes a wildcard: User Guide, "List and filter using the CLI and API". */
function literal(value: string, filter: string): string {
  if (/[*?]/.test(value.replaceAll(/\\[*?\\]/g, '')))
    throw new NotImplemented(`wildcards in the EC2 filter ${filter}`);
  return value.replaceAll(/\\([*?\\])/g, '$1');
}

function reservation(instance: Instance, { region, now }: Scope): Reservation {
  const { purchase, managedBy } = instance.traits;
  return {
    ReservationId: instance.id.replace('i-', 'r-'),
    OwnerId: region.account,
    Groups: [],
    Instances: [
      {
        InstanceId: instance.id,
        InstanceType: 't4g.small',
        LaunchTime: new Date(instance.launchedAt),
        RootDeviceType: instance.traits.rootDevice as DeviceType,
        ...(purchase !== undefined && { InstanceLifecycle: purchase as InstanceLifecycleType }),
        Operator: managedBy === undefined ? { Managed: false } : { Managed: true, Principal: managedBy },
        Placement: { AvailabilityZone: instance.zone, Tenancy: 'default' },
        State: stateOutput(instance.stateAt(now)),
        Tags: Object.entries(instance.tags).map(([Key, Value]) => ({ Key, Value })),
      },
    ],
  };
}
