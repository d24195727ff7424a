import { commandParameters } from '#documents/command-parameters.ts';
import { memoryFill as document, MemoryFillParameters } from '#documents/documents.ts';
import { minutes } from '../shared/minutes.ts';
import { commandFault } from './shared/command-fault.ts';

export const memoryFill = commandFault({
  name: 'memory-fill',
  summary: 'Takes the memory of an instance, but for what is to stay available. Linux, by SSM.',
  leaves: 'processes that failed as they got no memory',
  parameters: MemoryFillParameters.extend({ minutes }),
  document,
  valuesFor: ({ minutes: _, ...own }, beginning) => commandParameters(document, { ...own, ...beginning }),
});
