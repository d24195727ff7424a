import type { Kind } from '#core/ports/kind.ts';
import { instances } from './instances/kind.ts';

export const kinds: readonly Kind[] = [instances];
