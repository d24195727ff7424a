import { controlPlaneTag } from '#core/permissions/role-policies.ts';

/** What carries them, no role of ours may change, whatever else it carries. */
export const controlPlaneTags = [controlPlaneTag];
