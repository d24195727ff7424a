import { listGuards } from '#core/guards/index.ts';
import { instances } from '#targets/instances/kind.ts';

/** All guards that a group of instances is asked. */
export const guards = listGuards(instances.guards);
