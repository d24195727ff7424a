import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '#aws/clients/clock.ts';
import type { WrittenConfig } from '#lib/config/define-config.ts';
import { scheduleOpenNow } from '../support/schedule-open-now.ts';
import { accountIds, home, masterId, regions } from './accounts-and-regions.ts';

/** Not the ones of the template: each account is told its own by parameter. */
export const roleName = 'chaos-e2e-target';
export const externalId = 'agreed-for-e2e';

export const parameters = { slack: '/chaos/e2e/slack', teams: '/chaos/e2e/teams' };

/** The master's configuration: as it strikes once, as it is leashed, and with faults that last. */
export const variants = ['live', 'leashed', 'lasting'] as const;
export type Variant = (typeof variants)[number];

const faultsThatLast = ['lambda-concurrency', 'dynamodb-deny', 's3-cors', 'sqs-deny'] as const;

/**
 * No group is struck but for its own tag, and the window is open. Whatever moto has is brand new, and a group is struck again
 * before anybody has seen it recover.
 */
export function e2eConfig(variant: Variant): WrittenConfig {
  return {
    master: { account: masterId, region: home },
    accounts: [...accountIds],
    regions: [...regions],
    roleName,
    externalId,
    leashed: variant === 'leashed',
    rate: { probability: 0 },
    // As long as a slot can be good: the tests make slots of their own within it.
    schedule: { ...scheduleOpenNow(systemClock.now()), everyMinutes: 360 },
    guards: { minInstanceAgeMinutes: 0, minGroupAgeMinutes: 0 },
    budgets: { unverified: { group: 1_000, app: 1_000 } },
    faults: ['ec2-terminate', 'ec2-stop', 'ec2-reboot', ...(variant === 'lasting' ? faultsThatLast : [])],
    metrics: true,
    notifications: {
      emails: ['sre@example.com'],
      slack: { parameter: parameters.slack },
      teams: { parameter: parameters.teams },
    },
  };
}

/** Writes a configuration as a module into a folder. Answers with its path. */
export async function writeConfig(folder: string, config: WrittenConfig): Promise<string> {
  const file = findConfigIn(folder);
  await writeFile(file, `export default ${JSON.stringify(config)};\n`);
  return file;
}

export function findConfigIn(folder: string): string {
  return join(folder, 'chaos.config.mjs');
}
