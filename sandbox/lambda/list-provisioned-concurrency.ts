import type {
  ListProvisionedConcurrencyConfigsRequest,
  ListProvisionedConcurrencyConfigsResponse,
} from '@aws-sdk/client-lambda';
import { nextPage } from '../paging.ts';
import type { Operation } from '../service.ts';
import { invalidParameter, validationError } from './errors.ts';
import { findFunction, functionAccess } from './find-function.ts';

const action = 'lambda:ListProvisionedConcurrencyConfigs';

/** Source: API reference, ListProvisionedConcurrencyConfigs, MaxItems. */
const maxPage = 50;

export const listProvisionedConcurrencyConfigs: Operation<
  ListProvisionedConcurrencyConfigsRequest,
  ListProvisionedConcurrencyConfigsResponse
> = {
  action,
  inputs: ['FunctionName', 'Marker', 'MaxItems'],
  requires: ({ FunctionName }, scope) => functionAccess(action, FunctionName, scope),
  run: ({ FunctionName, Marker, MaxItems = maxPage }, scope) => {
    if (MaxItems < 1 || MaxItems > maxPage) {
      throw validationError(MaxItems, 'maxItems', `Member must have value between 1 and ${maxPage}`);
    }
    const found = findFunction(FunctionName, scope);
    const { page, token } = nextPage([...found.provisioned], {
      size: MaxItems,
      token: Marker,
      invalidToken: () => invalidParameter('The marker is invalid'),
    });
    return {
      ProvisionedConcurrencyConfigs: page.map(([qualifier, count]) => ({
        FunctionArn: `${found.arn}:${qualifier}`,
        RequestedProvisionedConcurrentExecutions: count,
        AvailableProvisionedConcurrentExecutions: count,
        AllocatedProvisionedConcurrentExecutions: count,
        Status: 'READY',
        LastModified: new Date(found.modifiedAt).toISOString().replace('Z', '+0000'),
      })),
      ...(token !== undefined && { NextMarker: token }),
    };
  },
};
