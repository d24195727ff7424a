import { alarmsAreOk } from '../guards/shared/alarms-are-ok.ts';
import type { Gate } from './gate.ts';

/** The organization's CloudWatch alarms: nobody needs chaos on top of an incident. */
export const alarms: Gate = {
  name: 'alarms',
  holds: 'live',
  applies: ({ gates }) => gates.alarms.organization.length > 0,
  check: ({ config, alarms }) => {
    const { passes, saw } = alarmsAreOk(config.gates.alarms.organization, alarms);
    return { open: passes, text: saw };
  },
};
