import { commandParameters } from '#documents/command-parameters.ts';
import { CpuBurnParameters, cpuBurn as document } from '#documents/documents.ts';
import { minutes } from '../shared/minutes.ts';
import { commandFault } from './shared/command-fault.ts';

const { percent } = CpuBurnParameters.shape;

export const cpuBurn = commandFault({
  name: 'cpu-burn',
  summary: 'Burns a share of the time of all cores of an instance. Linux, by SSM.',
  leaves: 'what was too slow meanwhile, and timed out',
  parameters: CpuBurnParameters.extend({ percent: percent.default(80), minutes }),
  document,
  valuesFor: ({ minutes: _, ...own }, beginning) => commandParameters(document, { ...own, ...beginning }),
});
