import type { Scope } from '../service.ts';
import type { AutoScalingGroup } from './auto-scaling-group.ts';
import { validationError } from './errors.ts';

/** The group that a call names. */
export function findGroup(name: string | undefined, { region, now }: Scope): AutoScalingGroup {
  const group = region.groupsAt(now).get(name ?? '');
  if (group === undefined || group.isDeleted) {
    throw validationError(`AutoScalingGroup name not found - AutoScalingGroup ${name} not found`);
  }
  return group;
}
