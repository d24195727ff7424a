import { checkAge } from '#core/guards/shared/age.ts';
import { notChecked } from '#core/guards/shared/unchecked.ts';
import type { InstanceGuard } from '../model.ts';

/** A new group is still being set up. */
export const groupTooYoung: InstanceGuard<'listing'> = {
  code: 'group-too-young',
  summary: 'The Auto Scaling group was created less than `guards.minGroupAgeMinutes` ago.',
  needs: 'listing',
  isForeseeable: true,
  check: ({ group: { kind, createdAt } }, { config, now }) => {
    if (createdAt !== undefined) return checkAge(createdAt, now, config.guards.minGroupAgeMinutes);
    return kind === 'tag'
      ? { passes: true, saw: 'a group of standalone instances has no age' }
      : { passes: false, saw: `${notChecked}: its creation time is missing` };
  },
};
