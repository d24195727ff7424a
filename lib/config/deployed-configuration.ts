import * as z from 'zod';
import { Schedule } from '#core/calendar/schedule.ts';
import type { Config } from '#core/config/config.ts';
import { version } from '#core/util/version.ts';

/**
 * What the stack says of itself in an output, for people who ask what is deployed: the file at hand may be newer. An output's
 * value has at most 1,024 characters, so that there is room for no list that grows with the configuration.
 */
const Shape = z.object({
  /** Of the product. */
  version: z.string(),
  leashed: z.boolean(),
  schedule: Schedule,
  /** How many target accounts, and how many places to look for groups in. */
  accounts: z.int().nonnegative(),
  accountRegions: z.int().nonnegative(),
});
export type DeployedConfiguration = z.infer<typeof Shape>;

/** The value of the output. */
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

/** Undefined where there is none, or none that this version can read: a stack may be older or newer than the clone. */
export function readConfiguration(value: string | undefined): DeployedConfiguration | undefined {
  try {
    return Shape.safeParse(JSON.parse(value ?? '')).data;
  } catch {
    return undefined;
  }
}
