import { weekdays } from '#core/calendar/schedule.ts';
import { type Config, parseConfig } from '#core/config/config.ts';
import { faults } from '#faults/registry.ts';

/** The hosts of the sample's two demonstrations, in the files of experiments. */
export const shopHost = 'shop.example.com';
export const webHost = 'web.example.com';

const masterAccount = '111111111111';
export const sampleAccount = '222222222222';
export const sampleRegion = 'eu-west-1';

const hourMs = 60 * 60_000;

/** What the sample runs with: every fault, at any time. What the user's configuration says is about real accounts. */
export function sampleConfig(now: number): Config {
  return parseConfig(
    {
      master: { account: masterAccount, region: sampleRegion },
      accounts: [sampleAccount],
      regions: [sampleRegion],
      externalId: 'chaos-sample',
      leashed: false,
      faults: [...faults.keys()],
      schedule: { timeZone: zoneBeforeNoon(now), days: [...weekdays], from: '00:00', to: '23:59' },
      // The pair has one instance in each of two zones.
      guards: { soleInZone: 'strike' },
      experiments: { hosts: [shopHost, webHost] },
    },
    faults,
    'the configuration of the sample',
  );
}

/** A window ends on the day that it begins on, and midnight is a time to try things as any other. */
function zoneBeforeNoon(now: number): string {
  return now % (24 * hourMs) < 12 * hourMs ? 'UTC' : 'Etc/GMT+12';
}
