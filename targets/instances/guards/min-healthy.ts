import { capacityIn, expectedCapacity } from '#core/config/capacity.ts';
import { healthyMembers, type InstanceGuard } from '../model.ts';
import { leftByStrike } from './shared/left-by-strike.ts';

/** A strike must leave the minimum of the group's tag, or else of the configuration, whichever instance it hits. */
export const minHealthy: InstanceGuard<'listing'> = {
  code: 'min-healthy',
  summary:
    'A strike on some instance of the group would leave less healthy capacity than the tag `chaos:min-healthy`, or else `guards.minHealthy`, requires; or the tag is not valid.',
  needs: 'listing',
  check: ({ group }, { config }) => {
    const key = config.tags.minHealthy;
    const text = group.tags[key];
    const asked = text === undefined ? config.guards.minHealthy : capacityIn(text);
    if (asked === undefined) return { passes: false, saw: `${key}="${text}": ${expectedCapacity}` };
    const { left, needed } = leftByStrike(healthyMembers(group), asked, group.desired);
    const by = text === undefined ? 'guards.minHealthy' : key;
    return {
      passes: left >= needed,
      saw:
        typeof asked === 'number'
          ? `a strike leaves ${left} healthy, at least ${needed} needed (${by})`
          : `a strike leaves ${left} of ${group.desired} desired healthy, at least ${needed} needed (${asked}, ${by})`,
    };
  },
};
