import { commandParameters } from '#documents/command-parameters.ts';
import { processKill as document, ProcessKillParameters } from '#documents/documents.ts';
import { minutes } from '../shared/minutes.ts';
import { commandFault } from './shared/command-fault.ts';

const { process } = ProcessKillParameters.shape;

export const processKill = commandFault({
  name: 'process-kill',
  summary: 'Kills every process of a name on an instance, and again each second. Linux, by SSM.',
  leaves: 'what was killed: it comes back only if something supervises it',
  // As the first Chaos Monkey did.
  parameters: ProcessKillParameters.extend({ process: process.default('java'), minutes }),
  document,
  valuesFor: ({ minutes: _, ...own }, beginning) => commandParameters(document, { ...own, ...beginning }),
});
