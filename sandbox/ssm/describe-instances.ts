import type {
  DescribeInstanceInformationRequest,
  DescribeInstanceInformationResult,
  InstanceInformation,
} from '@aws-sdk/client-ssm';
import type { Instance } from '../ec2/instance.ts';
import { NotImplemented } from '../not-implemented.ts';
import { nextPage } from '../paging.ts';
import type { Operation } from '../service.ts';
import { ssmError, validationError } from './errors.ts';

/** Source: API reference, DescribeInstanceInformation, MaxResults. */
const [minPage, maxPage] = [5, 50];
/** AWS does not document its default: here it is the least, so that code that relies on more fails. */
const defaultPage = 5;

/** The instances that SSM manages; those without an agent are not there. */
export const describeInstanceInformation: Operation<
  DescribeInstanceInformationRequest,
  DescribeInstanceInformationResult
> = {
  action: 'ssm:DescribeInstanceInformation',
  inputs: ['Filters', 'MaxResults', 'NextToken'],
  run: ({ Filters = [], MaxResults = defaultPage, NextToken }, { region, now }) => {
    if (MaxResults < minPage || MaxResults > maxPage) {
      throw validationError(`MaxResults must be between ${minPage} and ${maxPage}.`);
    }
    const wanted = Filters.map(({ Key, Values = [] }) => {
      if (Key !== 'InstanceIds') throw new NotImplemented(`the filter ${Key} of instances`);
      return new Set(Values);
    });
    const { page, token } = nextPage(region.instancesAt(now), {
      size: MaxResults,
      token: NextToken,
      keep: (instance) => pingOf(instance, now) !== undefined && wanted.every((ids) => ids.has(instance.id)),
      invalidToken: () => ssmError('InvalidNextToken', 'The specified token is not valid.'),
    });
    return {
      InstanceInformationList: page.map((instance) => informationOf(instance, now)),
      ...(token !== undefined && { NextToken: token }),
    };
  },
};

/** Undefined for an instance that SSM does not know, or no more. */
export function pingOf(instance: Instance, now: number): 'Online' | 'ConnectionLost' | undefined {
  const state = instance.stateAt(now);
  if (instance.node === undefined || state === 'shutting-down' || state === 'terminated') return undefined;
  return state === 'running' ? instance.node.ping : 'ConnectionLost';
}

function informationOf(instance: Instance, now: number): InstanceInformation {
  const ping = pingOf(instance, now);
  return {
    InstanceId: instance.id,
    ...(ping !== undefined && { PingStatus: ping }),
    LastPingDateTime: new Date(now),
    ...(instance.node !== undefined && {
      AgentVersion: instance.node.agentVersion,
      PlatformType: instance.node.platform,
    }),
    ResourceType: 'EC2Instance',
  };
}
