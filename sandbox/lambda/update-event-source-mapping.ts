import type {
  EventSourceMappingConfiguration,
  UpdateEventSourceMappingRequest,
} from '@aws-sdk/client-lambda';
import type { Operation } from '../service.ts';
import { lambdaError } from './errors.ts';
import { findMapping, mappingAccess, mappingOutput } from './get-event-source-mapping.ts';

const action = 'lambda:UpdateEventSourceMapping';

export const updateEventSourceMapping: Operation<
  UpdateEventSourceMappingRequest,
  EventSourceMappingConfiguration
> = {
  action,
  inputs: ['UUID', 'Enabled'],
  requires: ({ UUID }, scope) => mappingAccess(action, UUID, scope),
  run: ({ UUID, Enabled }, scope) => {
    const mapping = findMapping(UUID, scope);
    if (mapping.isInTransitionAt(scope.now)) {
      throw lambdaError(
        'ResourceInUseException',
        'Cannot update the event source mapping because it is in use.',
      );
    }
    mapping.update(Enabled ?? mapping.stateAt(scope.now) === 'Enabled', scope.now);
    return mappingOutput(mapping, scope.now);
  },
};
