import { layerCase } from '../layer-case.ts';

export const faultCase = layerCase({ code: 503, percent: 50 });
