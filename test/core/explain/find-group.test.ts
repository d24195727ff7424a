import { describe, expect, test } from 'vitest';
import type { ExplainRequest } from '#core/config/task.ts';
import { findGroup } from '#core/explain/find-group.ts';
import type { Failure } from '#core/model/failure.ts';
import { InvalidInput } from '#core/util/parse.ts';
import type { InstanceGroup } from '#targets/instances/model.ts';
import { aConfig } from '../../support/a-config.ts';
import { aGroup } from '../../support/a-group.ts';
import { aFailure } from '../../support/a-report.ts';
import { aRun } from '../../support/a-run.ts';
import { aWorld } from '../../support/a-world.ts';

const config = aConfig({ accounts: ['222222222222', '333333333333'], regions: ['eu-west-1', 'us-east-1'] });
const web = aGroup({ name: 'web' });
const elsewhere = aGroup({ name: 'web', account: '333333333333', region: 'us-east-1' });
const pool = aGroup({ name: 'pool', kind: 'tag' });

/** Searches a fleet, as far as it is asked for; some of it may not be seen. */
async function find(
  asked: Omit<ExplainRequest, 'task'>,
  failures: readonly Failure[] = [],
  groups: readonly InstanceGroup[] = [web, elsewhere, pool],
) {
  const world = aWorld({ config });
  const surveyed: string[] = [];
  const found = findGroup({ task: 'explain', ...asked }, aRun(world), {
    ...world,
    fleet: {
      ...world.fleet,
      survey: async (accounts, _run, see) => {
        const places = accounts.flatMap(({ id, regions }) => regions.map((region) => `${id} ${region}`));
        surveyed.push(...places);
        const here = groups.filter(({ account, region }) => places.includes(`${account} ${region}`));
        return { value: { seen: here.map(see), regionsSurveyed: places.length }, failures };
      },
    },
  });
  return { ...(await found), surveyed };
}

describe('findGroup', () => {
  test('finds the one group of a name, wherever it is', async () => {
    const { group, surveyed } = await find({ group: 'pool' });
    expect(group).toEqual(pool);
    expect(surveyed).toHaveLength(4);
  });

  test.each([web, elsewhere, pool])('finds $key by its key, and looks nowhere else', async (group) => {
    const found = await find({ group: group.key });
    expect(found.group).toEqual(group);
    expect(found.surveyed).toEqual([`${group.account} ${group.region}`]);
  });

  test('a name that several have is not clear; an account or a region makes it so', async () => {
    const ambiguous = find({ group: 'web' });
    await expect(ambiguous).rejects.toThrow(InvalidInput);
    await expect(ambiguous).rejects.toThrow(
      `request is not valid:\n  group: expected one of ${web.key}, ${elsewhere.key}, found "web"`,
    );
    expect((await find({ group: 'web', account: '333333333333' })).group).toEqual(elsewhere);
    expect((await find({ group: 'web', region: 'eu-west-1' })).group).toEqual(web);
  });

  test('of the many that have a name ten are told', async () => {
    const named = Array.from({ length: 12 }, (_, n) => aGroup({ name: 'web', key: `key-${n}` }));
    const ten = named.slice(0, 10).map(({ key }) => key);
    await expect(find({ group: 'web' }, [], named)).rejects.toThrow(
      `expected one of ${ten.join(', ')}, found "web"`,
    );
  });

  test('what could not be looked at is told beside what was found, which need not be the only one', async () => {
    expect((await find({ group: 'pool' }, [aFailure()])).failures).toEqual([aFailure()]);
  });

  test.each([
    [
      'no group has',
      [],
      'none of that name exists in 4 account-regions, with or without the tag, found "wbe"; did you mean web?',
    ],
    [
      'no group has that could be looked at',
      [aFailure({ message: 'denied' }), aFailure()],
      'none of that name was seen in 4 account-regions, not all of which could be searched (denied)',
    ],
  ])('refuses a name that %s', async (_, failures, message) => {
    await expect(find({ group: 'wbe' }, failures)).rejects.toThrow(
      `group: expected a group that has opted in: ${message}`,
    );
  });

  test('names the opted-in group that is nearest to a key', async () => {
    await expect(find({ group: `${web.key}s` })).rejects.toThrow(`did you mean ${web.key}?`);
  });

  test.each([
    [
      { group: 'web', account: '999999999999' },
      'account: expected an account of the configuration, found "9',
    ],
    [
      { group: 'web', region: 'ap-south-1' },
      'region: expected a region of the configuration, found "ap-south-1"',
    ],
    [{ group: 'web', region: 'eu-wset-1' }, 'found "eu-wset-1"; did you mean eu-west-1?'],
    [
      { group: '999999999999/eu-west-1/asg/web' },
      'group: expected an account of the configuration, found "9',
    ],
    [
      { group: web.key.replace('west', 'wset') },
      `group: expected a region of the configuration in account ${web.key.slice(0, 12)}, found "${web.key.replace('west', 'wset')}"; did you mean eu-west-1?`,
    ],
  ])(
    'refuses %j outside of the configuration, says which part, and looks nowhere',
    async (asked, message) => {
      await expect(find(asked)).rejects.toThrow(message);
    },
  );

  test('an account beside a key says where to look for it', async () => {
    await expect(find({ group: web.key, account: '333333333333' })).rejects.toThrow(
      /expected a group that has opted in: none of that name exists in 1 account-region,/,
    );
  });
});
