import { healthyMembers, type InstanceGuard } from '../model.ts';

/** A strike must leave at least one healthy instance, whatever the configuration says. */
export const tooFewHealthy: InstanceGuard<'listing'> = {
  code: 'too-few-healthy',
  summary: 'Fewer than 2 instances of the group are healthy.',
  needs: 'listing',
  check: ({ group }) => {
    const healthy = healthyMembers(group).length;
    return { passes: healthy > 1, saw: `${healthy} healthy, at least 2 needed` };
  },
};
