import type { Kind } from '#core/kinds/kind.ts';
import { instances } from './instances/kind.ts';

export const kinds: readonly Kind[] = [instances];
