import type { EventSourceMappingConfiguration, GetEventSourceMappingRequest } from '@aws-sdk/client-lambda';
import type { Access, Operation, Scope } from '../service.ts';
import { arnIn } from '../state/place.ts';
import { notFound } from './errors.ts';
import type { EventSourceMapping } from './event-source-mapping.ts';

const action = 'lambda:GetEventSourceMapping';

export const getEventSourceMapping: Operation<GetEventSourceMappingRequest, EventSourceMappingConfiguration> =
  {
    action,
    inputs: ['UUID'],
    requires: ({ UUID }, scope) => mappingAccess(action, UUID, scope),
    run: ({ UUID }, scope) => mappingOutput(findMapping(UUID, scope), scope.now),
  };

export function findMapping(uuid: string | undefined, { region }: Scope): EventSourceMapping {
  const mapping = region.functions.mappings.get(uuid ?? '');
  if (mapping === undefined) throw notFound('The resource you requested does not exist.');
  return mapping;
}

export function mappingAccess(on: string, uuid = '', { region }: Scope): readonly Access[] {
  const mapping = region.functions.mappings.get(uuid);
  return [
    {
      action: on,
      resource: arnIn(region.place, 'lambda', `event-source-mapping:${uuid}`),
      resourceTags: mapping?.tags ?? {},
      ...(mapping !== undefined && { context: { 'lambda:FunctionArn': mapping.functionArn } }),
    },
  ];
}

export function mappingOutput(mapping: EventSourceMapping, now: number): EventSourceMappingConfiguration {
  return {
    UUID: mapping.uuid,
    EventSourceMappingArn: mapping.arn,
    EventSourceArn: mapping.eventSourceArn,
    FunctionArn: mapping.functionArn,
    State: mapping.stateAt(now),
    StateTransitionReason: 'USER_INITIATED',
    LastModified: new Date(mapping.modifiedAt(now)),
    BatchSize: 10,
  };
}
