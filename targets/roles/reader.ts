import { GetRoleCommand, IAMClient, type Role } from '@aws-sdk/client-iam';
import pMap from 'p-map';
import type { Config } from '#core/config/config.ts';
import { strikeKey } from '#core/model/strike.ts';
import { codeOf } from '#core/util/error-text.ts';
import { available } from '#core/util/lookup.ts';
import type { KindReader } from '../kind-reader.ts';
import type { Place, ReadClients } from '../read-clients.ts';
import { type LoneGroup, loneGroup } from '../shared/lone-group.ts';
import { readSignals } from '../signals.ts';
import type { TagReader } from '../tags.ts';
import { loneRole, roles } from './kind.ts';
import type { RoleTypes } from './model.ts';

const callsAtOnce = 8;

/**
 * Reads the roles that the configuration names, one by one: the Tagging API does not list roles, and IAM lists them without their tags.
 * Source: Resource Groups Tagging API reference, "Services that support the Resource Groups Tagging API".
 */
export const rolesReader: KindReader<RoleTypes> = {
  of: roles,
  discover: (look, place, tags, config) => {
    const { key, value } = tags.keys.optIn;
    return namedIn(place, config).map(async (name) => {
      const { group } = await read(name, look, place, tags);
      return group?.tags[key] === value ? [group] : [];
    });
  },
  find: async (name, look, place, tags, config) => {
    if (!isHome(place, config)) return [];
    const { group } = await read(name, look, place, tags);
    return group === undefined ? [] : [group];
  },
  inspect: async (groups, place, look, config, tags, now) => {
    const found = await pMap(groups, ({ name }) => read(name, look, place, tags), {
      concurrency: callsAtOnce,
    });
    const signalsOf = await readSignals(
      found.flatMap(({ group }) => group ?? []),
      look,
      config,
    );
    return new Map(
      groups.map(({ key }, index) => {
        const { group, lastUsed } = found[index] ?? {};
        const unusedMs = lastUsed && now - lastUsed.getTime();
        // A role does not say which stack it is in.
        return [key, { group, ...signalsOf(group), stackStatus: available(undefined), unusedMs }];
      }),
    );
  },
  groupOf: (arn, place) => {
    const [, name] = /^arn:[a-z-]+:iam::\d{12}:role\/(?:.+\/)?([^/]+)$/.exec(arn) ?? [];
    return name === undefined ? undefined : { ...loneGroup(place, name, {}, loneRole), arn };
  },
  tagsBy: 'iam:GetRole',
  tagged: async (group, look, place, tags) => (await read(group.name, look, place, tags)).group ?? group,
  observe: async (strikes, place, look, tags) => {
    const seen = await pMap(
      strikes,
      async (strike) => {
        const { group } = await read(strike.target.id, look, place, tags);
        return [strikeKey(strike), { group }] as const;
      },
      { concurrency: callsAtOnce },
    );
    return { value: new Map(seen), failures: [] };
  },
};

/** Whether roles are looked at here: they are global, and must be seen once. */
function isHome({ account, region }: Place, { accounts }: Config): boolean {
  return accounts.find(({ id }) => id === account)?.regions[0] === region;
}

function namedIn(place: Place, config: Config): readonly string[] {
  if (!isHome(place, config)) return [];
  return config.accounts.find(({ id }) => id === place.account)?.iamRoles ?? [];
}

async function read(
  name: string,
  look: ReadClients,
  place: Place,
  tags: TagReader,
): Promise<{ readonly group?: LoneGroup; readonly lastUsed?: Date | undefined }> {
  const role = await getRole(name, look);
  if (role === undefined) return {};
  // With its path, which its name does not tell.
  const group = { ...loneGroup(place, name, tags.pick(role.Tags), loneRole), arn: role.Arn ?? '' };
  return { group, lastUsed: role.RoleLastUsed?.LastUsedDate };
}

async function getRole(RoleName: string, look: ReadClients): Promise<Role | undefined> {
  try {
    return (await look(IAMClient).send(new GetRoleCommand({ RoleName }))).Role;
  } catch (error) {
    if (codeOf(error) === 'NoSuchEntityException') return undefined;
    throw error;
  }
}
