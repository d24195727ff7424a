import type { ConfigInput } from '#core/config/config.ts';

/**
 * A schedule whose window is open at this moment, whatever its date and hour, and for ten hours on: for tests against what knows
 * no time but the real one. `now` is in epoch ms.
 */
export function scheduleOpenNow(now: number): NonNullable<ConfigInput['schedule']> {
  return {
    timeZone: zoneWhereItIsNoon(now),
    days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
    from: '00:00',
    to: '23:59',
  };
}

/** A window must end on the day it begins, so around midnight there is always a gap: midnight is far from here. */
function zoneWhereItIsNoon(now: number): string {
  // West of Greenwich has a plus in these names.
  const hours = new Date(now).getUTCHours() - 12;
  return `Etc/GMT${hours < 0 ? '-' : '+'}${Math.abs(hours)}`;
}
