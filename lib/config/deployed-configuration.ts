import * as z from 'zod';
import { Schedule } from '#core/calendar/schedule.ts';
import type { Config } from '#core/config/config.ts';
import { version } from '#core/util/version.ts';

/**
 * What the stack says about its configuration in an output: the local file may be newer. An output value has at most 1,024 characters,
 * so there is no room for lists that grow with the configuration.
 */
const Shape = z.object({
  /** Of the product. */
  version: z.string(),
  leashed: z.boolean(),
  schedule: Schedule,
  /** Number of target accounts, and of regions in all of them. */
  accounts: z.int().nonnegative(),
  accountRegions: z.int().nonnegative(),
});
export type DeployedConfiguration = z.infer<typeof Shape>;

/** Formats the value of the output. */
export function describeConfiguration({
  leashed,
  schedule,
  accounts,
}: Pick<Config, 'leashed' | 'schedule' | 'accounts'>): string {
  const described: DeployedConfiguration = {
    version,
    leashed,
    schedule,
    accounts: accounts.length,
    accountRegions: accounts.reduce((sum, { regions }) => sum + regions.length, 0),
  };
  return JSON.stringify(described);
}

/** Parses the value of the output. Undefined if missing or unreadable: the stack may be older or newer than the clone. */
export function readConfiguration(value: string | undefined): DeployedConfiguration | undefined {
  try {
    return Shape.safeParse(JSON.parse(value ?? '')).data;
  } catch {
    return undefined;
  }
}
