import { checkAge } from '#core/guards/shared/age.ts';
import { notChecked } from '#core/guards/shared/unchecked.ts';
import type { InstanceGuard } from '../model.ts';

/** A new instance may still be warming up. */
export const instanceTooYoung: InstanceGuard<'target'> = {
  code: 'instance-too-young',
  summary: 'The instance was launched less than `guards.minInstanceAgeMinutes` ago.',
  needs: 'target',
  check: ({ instance }, { config, now }) =>
    instance === undefined
      ? { passes: false, saw: `${notChecked}: EC2 does not know it` }
      : checkAge(instance.launchedAt, now, config.guards.minInstanceAgeMinutes),
};
