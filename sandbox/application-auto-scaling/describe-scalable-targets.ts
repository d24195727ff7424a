import {
  type DescribeScalableTargetsRequest,
  type DescribeScalableTargetsResponse,
  InvalidNextTokenException,
} from '@aws-sdk/client-application-auto-scaling';
import { nextPage } from '../paging.ts';
import type { Operation } from '../service.ts';
import { arnIn } from '../state/place.ts';
import { validationException } from './errors.ts';

/** Source: API reference, DescribeScalableTargets, ResourceIds and MaxResults. */
const [maxIds, maxPage] = [50, 50];

export const describeScalableTargets: Operation<
  DescribeScalableTargetsRequest,
  DescribeScalableTargetsResponse
> = {
  action: 'application-autoscaling:DescribeScalableTargets',
  inputs: ['ServiceNamespace', 'ResourceIds', 'NextToken'],
  run: ({ ServiceNamespace, ResourceIds, NextToken }, { region }) => {
    if (ServiceNamespace === undefined) throw validationException('ServiceNamespace must not be null');
    if (ResourceIds !== undefined && ResourceIds.length > maxIds) {
      throw validationException(`ResourceIds must have length less than or equal to ${maxIds}`);
    }
    const { page, token } = nextPage(region.scalableTargets, {
      size: maxPage,
      token: NextToken,
      keep: ({ namespace, resourceId }) =>
        namespace === ServiceNamespace && (ResourceIds?.includes(resourceId) ?? true),
      invalidToken: () =>
        new InvalidNextTokenException({
          message: 'The token is invalid',
          $metadata: { httpStatusCode: 400 },
        }),
    });
    return {
      ScalableTargets: page.map(({ namespace, resourceId, dimension, min, max }) => ({
        ServiceNamespace: namespace,
        ResourceId: resourceId,
        ScalableDimension: dimension,
        MinCapacity: min,
        MaxCapacity: max,
        RoleARN: `arn:${region.partition}:iam::${region.account}:role/aws-service-role/dynamodb.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_DynamoDBTable`,
        CreationTime: new Date(0),
        ScalableTargetARN: arnIn(region.place, 'application-autoscaling', `scalable-target/${resourceId}`),
      })),
      ...(token !== undefined && { NextToken: token }),
    };
  },
};
