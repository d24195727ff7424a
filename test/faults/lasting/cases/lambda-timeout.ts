import { layerCase } from '../layer-case.ts';

export const faultCase = layerCase({ bufferMs: 500, percent: 50 });
