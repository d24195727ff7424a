import { layerCase } from '../layer-case.ts';

export const faultCase = layerCase({ message: 'down', percent: 50 });
