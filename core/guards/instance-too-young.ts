import type { InstanceGuard } from './guard.ts';
import { oldEnough } from './shared/age.ts';
import { notChecked } from './shared/unchecked.ts';

/** A new instance may still be warming up. */
export const instanceTooYoung: InstanceGuard = {
  code: 'instance-too-young',
  check: ({ instance }, { config, now }) =>
    instance === undefined
      ? { passes: false, saw: `${notChecked}: EC2 does not know it` }
      : oldEnough(instance.launchedAt, now, config.guards.minInstanceAgeMinutes),
};
