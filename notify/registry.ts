import * as z from 'zod';
import { slack } from './slack.ts';
import { teams } from './teams.ts';

/** By their names in the configuration. */
export const channels = { slack, teams };

/** The configuration of each. */
export const ChannelConfigs = z.strictObject({
  slack: slack.config.optional(),
  teams: teams.config.optional(),
});
export type ChannelConfigs = z.infer<typeof ChannelConfigs>;
