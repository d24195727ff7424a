import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConfigInput } from '#core/config.ts';
import { accountIds, home, masterId, regions } from './places.ts';

/** Not the ones of the template: each account is told its own by parameter. */
export const roleName = 'chaos-e2e-target';
export const externalId = 'agreed-for-e2e';

export const parameters = { slack: '/chaos/e2e/slack', teams: '/chaos/e2e/teams' };

/**
 * No group is struck but for its own tag, and the window is open. Whatever moto has is brand new, and a group is struck again
 * before anybody has seen it recover.
 */
export function e2eConfig({ leashed }: { readonly leashed: boolean }): ConfigInput {
  return {
    master: { account: masterId, region: home },
    accounts: [...accountIds],
    regions: [...regions],
    roleName,
    externalId,
    leashed,
    rate: { probability: 0 },
    schedule: {
      timeZone: zoneWhereItIsNoon(),
      days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
      from: '00:00',
      to: '23:59',
      // As long as a slot can be good: the tests make slots of their own within it.
      everyMinutes: 360,
    },
    guards: { minInstanceAgeMinutes: 0, minGroupAgeMinutes: 0 },
    budgets: { unverified: { group: 1_000, app: 1_000 } },
    faults: ['ec2-terminate', 'ec2-stop', 'ec2-reboot'],
    metrics: true,
    notifications: {
      emails: ['sre@example.com'],
      slack: { parameter: parameters.slack },
      teams: { parameter: parameters.teams },
    },
  };
}

/** Writes a configuration as a module into a folder. Answers with its path. */
export async function writeConfig(folder: string, config: ConfigInput): Promise<string> {
  const file = join(folder, 'chaos.config.mjs');
  await writeFile(file, `export default ${JSON.stringify(config)};\n`);
  return file;
}

/** A window must end on the day it begins, so around midnight there is always a gap: midnight is far from here. */
function zoneWhereItIsNoon(): string {
  // West of Greenwich has a plus in these names.
  const hours = new Date().getUTCHours() - 12;
  return `Etc/GMT${hours < 0 ? '-' : '+'}${Math.abs(hours)}`;
}
