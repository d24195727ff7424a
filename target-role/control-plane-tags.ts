import { controlPlaneTag } from '#core/model/control-plane.ts';

/** What carries them, no role of ours may change, whatever else it carries. */
export const controlPlaneTags = [controlPlaneTag];
