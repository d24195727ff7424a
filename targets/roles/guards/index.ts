import type { Guard } from '#core/guards/guard.ts';
import type { RoleTypes } from '../model.ts';
import { roleIdle } from './role-idle.ts';

/** The guards of roles, in the order in which their reasons are named. */
export const roleGuards: readonly Guard<RoleTypes>[] = [roleIdle];
