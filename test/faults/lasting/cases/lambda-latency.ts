import { layerCase } from '../layer-case.ts';

export const faultCase = layerCase({ ms: 200, maxMs: 800, percent: 50 });
