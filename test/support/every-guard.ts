import { listGuards } from '#core/guards/index.ts';
import { kinds } from '#targets/registry.ts';

/** The guards of all kinds of target, and those of every kind. */
export const guards = listGuards(kinds.flatMap((kind) => kind.guards));
