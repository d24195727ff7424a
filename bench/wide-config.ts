import { type Config, parseConfig } from '#core/config/config.ts';
import { faults } from '#faults/registry.ts';

export const regions = ['eu-west-1', 'us-east-1'];
export const groupsPerRegion = 20;
export const instancesPerGroup = 3;

/** A configuration with this many target accounts, two regions each. */
export function wideConfig(accounts: number): Config {
  return parseConfig(
    {
      master: { account: '111111111111', region: 'eu-west-1' },
      accounts: Array.from({ length: accounts }, (_, index) => String(200_000_000_000 + index)),
      regions,
      externalId: 'chaos-bench',
      leashed: false,
      schedule: { days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from: '00:00', to: '23:59' },
    },
    faults,
  );
}
