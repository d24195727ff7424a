import { type Config, parseConfig } from '#core/config/config.ts';
import { faults } from '#faults/registry.ts';
import type { WrittenConfig } from '#lib/config/define-config.ts';
import { ChannelConfigs } from '#notify/registry.ts';

/** One target account in one region, unleashed, every group struck in every slot, weekdays 09:00 to 16:00 UTC. */
export function aConfig(overrides: Partial<WrittenConfig> = {}): Config {
  return parseConfig(
    {
      master: { account: '111111111111', region: 'eu-west-1' },
      accounts: ['222222222222'],
      regions: ['eu-west-1'],
      externalId: 'chaos-test',
      leashed: false,
      rate: { probability: 1 },
      // Of fixtures the age is not what a test is about, unless it says so.
      guards: { minInstanceAgeMinutes: 0, minGroupAgeMinutes: 0 },
      faults: ['ec2-terminate', 'ec2-stop', 'ec2-reboot'],
      ...overrides,
    },
    faults,
    'chaos.config.ts',
    ChannelConfigs,
  );
}
