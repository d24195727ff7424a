import type { ListEventSourceMappingsRequest, ListEventSourceMappingsResponse } from '@aws-sdk/client-lambda';
import { nextPage } from '../paging.ts';
import type { Operation } from '../service.ts';
import { invalidParameter, validationError } from './errors.ts';
import { findFunction } from './find-function.ts';
import { mappingOutput } from './get-event-source-mapping.ts';

/** "A maximum of 100 items in each response, even if you set the number higher": API reference, MaxItems. */
const [maxPage, maxItems] = [100, 10_000];

/** Without resource-level permissions: it lists all or nothing. */
export const listEventSourceMappings: Operation<
  ListEventSourceMappingsRequest,
  ListEventSourceMappingsResponse
> = {
  action: 'lambda:ListEventSourceMappings',
  inputs: ['FunctionName', 'EventSourceArn', 'Marker', 'MaxItems'],
  run: ({ FunctionName, EventSourceArn, Marker, MaxItems = maxPage }, scope) => {
    if (MaxItems < 1 || MaxItems > maxItems) {
      throw validationError(MaxItems, 'maxItems', `Member must have value between 1 and ${maxItems}`);
    }
    const functionArn = FunctionName === undefined ? undefined : findFunction(FunctionName, scope).arn;
    const { page, token } = nextPage([...scope.region.functions.mappings.values()], {
      size: Math.min(MaxItems, maxPage),
      token: Marker,
      keep: (mapping) =>
        (functionArn === undefined || mapping.functionArn === functionArn) &&
        (EventSourceArn === undefined || mapping.eventSourceArn === EventSourceArn),
      invalidToken: () => invalidParameter('The marker is invalid'),
    });
    return {
      EventSourceMappings: page.map((mapping) => mappingOutput(mapping, scope.now)),
      ...(token !== undefined && { NextMarker: token }),
    };
  },
};
