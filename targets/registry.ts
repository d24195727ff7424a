import { instances } from './instances/kind.ts';

export const kinds = [instances];
