import { describe, expect, test } from 'vitest';
import { channelRegistry } from '#bin/generate/channel-registry.ts';

describe('channelRegistry', () => {
  test('has every file of the folder but itself, whatever their order', () => {
    expect(channelRegistry(['teams.ts', 'shared', 'registry.ts', 'pager-duty.ts'])).toBe(
      `import * as z from 'zod';
import { pagerDuty } from './pager-duty.ts';
import { teams } from './teams.ts';

/** By their names in the configuration. */
export const channels = { pagerDuty, teams };

/** The configuration of each. */
export const ChannelConfigs = z.strictObject({
  pagerDuty: pagerDuty.config.optional(),
  teams: teams.config.optional(),
});
export type ChannelConfigs = z.infer<typeof ChannelConfigs>;
`,
    );
  });

  test('puts each on a line of its own where one line is too short for all', () => {
    const files = Array.from({ length: 20 }, (_, index) => `channel-${index}.ts`);
    expect(channelRegistry(files)).toContain('\nexport const channels = {\n  channel0,\n');
  });
});
