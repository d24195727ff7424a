import pMap from 'p-map';
import type { Config } from '#core/config/config.ts';
import type { Group } from '#core/model/group.ts';
import type { RunContext } from '#core/model/run-context.ts';
import type { Target } from '#core/model/target.ts';
import type { KindReader } from './kind-reader.ts';
import type { Place, Readers } from './read-clients.ts';
import type { TagReader } from './tags.ts';

const asksAtOnce = 8;

/**
 * The groups beside the target's own that a fault hits: those of the ARNs that it names, and those that act with a role among them. Rejects
 * where one of them cannot be read, or is in an account or region that is not configured.
 */
export async function readOtherHits(
  hits: readonly string[],
  target: Target,
  parts: {
    readonly readers: readonly KindReader[];
    readonly looking: Readers;
    readonly tags: TagReader;
    readonly config: Config;
    /** All that sessions for reading may call. */
    readonly actions: readonly string[];
    readonly run: RunContext;
  },
): Promise<readonly Group[]> {
  const { readers, looking, tags, config, actions, run } = parts;
  const own = Object.values(target.arns);
  const arns = [...new Set(hits)].filter((arn) => !own.includes(arn));

  const named = await pMap(
    arns,
    async (arn): Promise<Group> => {
      const place = placeOf(arn, target, config);
      const look = await looking.at(place, run, run.deadline);
      for (const { groupOf, tagsBy = '', tagged } of readers) {
        const group = groupOf?.(arn, place);
        if (group === undefined) continue;
        // Where nothing of its kind is enabled, nobody can opt it in or out.
        return actions.includes(tagsBy) ? ((await tagged?.(group, look, place, tags)) ?? group) : group;
      }
      return { ...place, kind: 'other', name: arn, key: arn, arn, tags: {}, conflictingTags: [] };
    },
    { concurrency: asksAtOnce },
  );

  const acting = await pMap(
    [...new Set(hits)].filter((arn) => isRole(arn)).flatMap((role) => askedAbout(role, parts)),
    async ({ role, place, reader }) => {
      const look = await looking.at(place, run, run.deadline);
      return (await reader.actingAs?.(role, look, place, tags)) ?? [];
    },
    { concurrency: asksAtOnce },
  );

  const found = new Map([...named, ...acting.flat()].map((group) => [group.key, group]));
  found.delete(target.group);
  return [...found.values()];
}

/** Each region of the role's account with each kind that is enabled and acts with roles. */
function askedAbout(
  role: string,
  { readers, config, actions }: Pick<Parameters<typeof readOtherHits>[2], 'readers' | 'config' | 'actions'>,
) {
  const account = config.accounts.find(({ id }) => id === role.split(':')[4]);
  return readers
    .filter(
      ({ of, actingAs }) =>
        actingAs !== undefined && of.readPermissions.every(({ action }) => actions.includes(action)),
    )
    .flatMap((reader) =>
      (account?.regions ?? []).map((region) => ({
        ...{ role, reader },
        place: { account: account?.id ?? '', region },
      })),
    );
}

function isRole(arn: string): boolean {
  return /^arn:[a-z-]+:iam::\d{12}:role\//.test(arn);
}

/** What is global is looked at in the first of its account's regions, as roles are that are groups. */
function placeOf(arn: string, target: Target, { accounts }: Config): Place {
  const [, , , region = '', account = ''] = arn.split(':');
  const id = account === '' ? target.account : account;
  const home = accounts.find((one) => one.id === id)?.regions[0];
  return { account: id, region: region === '' ? (home ?? target.region) : region };
}
