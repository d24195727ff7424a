import { layerCase } from '../layer-case.ts';

export const faultCase = layerCase({ megabytes: 512 });
