import { commandParameters } from '#documents/command-parameters.ts';
import { DiskFillParameters, diskFill as document } from '#documents/documents.ts';
import { minutes } from '../shared/minutes.ts';
import { commandFault } from './shared/command-fault.ts';

const { path } = DiskFillParameters.shape;

export const diskFill = commandFault({
  name: 'disk-fill',
  summary: 'Fills a file system of an instance, but for what is to stay free. Linux, by SSM.',
  leaves: 'what could not be written, and whatever failed because of that',
  parameters: DiskFillParameters.extend({ path: path.default('/'), minutes }),
  document,
  valuesFor: ({ minutes: _, ...own }, beginning) => commandParameters(document, { ...own, ...beginning }),
});
