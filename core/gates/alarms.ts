import { checkAlarms } from '../guards/shared/check-alarms.ts';
import type { Gate } from './gate.ts';

/** The organization's CloudWatch alarms: an incident needs no chaos on top. */
export const alarms: Gate = {
  name: 'alarms',
  summary:
    "One of the organization's alarms is not OK: in ALARM, without data, or nonexistent (`gates.alarms.organization`). Costs one call per 100 alarms.",
  holds: 'live',
  applies: ({ gates }) => gates.alarms.organization.length > 0,
  check: ({ config, alarms }) => {
    const { passes, saw } = checkAlarms(config.gates.alarms.organization, alarms);
    return { open: passes, text: saw };
  },
};
