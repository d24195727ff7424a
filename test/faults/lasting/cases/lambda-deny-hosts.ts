import { layerCase } from '../layer-case.ts';

export const faultCase = layerCase({ hosts: ['^db\\.'] });
