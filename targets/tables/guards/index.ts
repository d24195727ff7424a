import type { Guard } from '#core/guards/guard.ts';
import { stackInProgress } from '../../shared/guards/stack-in-progress.ts';
import type { TableTypes } from '../model.ts';
import { tableIdle } from './table-idle.ts';
import { tableUpdating } from './table-updating.ts';

/** The guards of tables, in the order in which their reasons are named. */
export const tableGuards: readonly Guard<TableTypes>[] = [stackInProgress, tableUpdating, tableIdle];
