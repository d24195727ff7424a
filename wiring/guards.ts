import { guardsWith } from '#core/guards/index.ts';
import { instanceGuards } from '#targets/instances/guards/index.ts';

/** Every guard that a run asks. */
export const guards = guardsWith(instanceGuards);
