import { GetEventSourceMappingCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { lookUp } from '#core/util/lookup.ts';
import type { ReadClients } from '../read-clients.ts';
import { taggedReader } from '../shared/tagged-reader.ts';
import { eventSourceMappings, loneMapping } from './kind.ts';
import type { MappingTypes } from './model.ts';

/** Reads mappings by the Tagging API, and those that are drawn by Lambda. */
export const eventSourceMappingsReader = taggedReader<MappingTypes>({
  of: eventSourceMappings,
  lone: loneMapping,
  resourceType: 'lambda:event-source-mapping',
  inspect: async ({ name }, look) => ({ state: await lookUp(readState(name, look)) }),
});

async function readState(UUID: string, look: ReadClients): Promise<string> {
  const { State = 'unknown' } = await look(LambdaClient).send(new GetEventSourceMappingCommand({ UUID }));
  return State;
}
