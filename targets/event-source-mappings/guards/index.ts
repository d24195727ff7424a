import type { Guard } from '#core/guards/guard.ts';
import { stackInProgress } from '../../shared/guards/stack-in-progress.ts';
import type { MappingTypes } from '../model.ts';
import { mappingInTransition } from './mapping-in-transition.ts';

/** The guards of event source mappings, in the order in which their reasons are named. */
export const mappingGuards: readonly Guard<MappingTypes>[] = [stackInProgress, mappingInTransition];
