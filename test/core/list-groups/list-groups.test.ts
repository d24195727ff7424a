import { describe, expect, test } from 'vitest';
import type { ConfigInput } from '#core/config/config.ts';
import { listGroups } from '#core/list-groups/list-groups.ts';
import type { Claim } from '#core/model/strike.ts';
import { GroupList } from '#core/reports/group-list.ts';
import { truncateGroupList } from '#core/reports/truncate-group-list.ts';
import { parse } from '#core/util/parse.ts';
import { aClaim } from '../../support/a-claim.ts';
import { aConfig } from '../../support/a-config.ts';
import { aGroup, aMember } from '../../support/a-group.ts';
import { aFailure } from '../../support/a-report.ts';
import { aRun } from '../../support/a-run.ts';
import { aWorld, type FakeWorld, fixedClock } from '../../support/a-world.ts';

const web = aGroup();
const api = aGroup({ account: '333333333333', name: 'api' });

function aListedWorld(config: Partial<ConfigInput> = {}, groups = [web, api]): FakeWorld {
  return aWorld({
    config: aConfig({ accounts: ['222222222222', '333333333333'], ...config }),
    groups,
    clock: fixedClock('2026-11-23T09:00:00Z'),
  });
}
const list = (world: FakeWorld, account?: string) =>
  listGroups({ task: 'groups', ...(account !== undefined && { account }) }, aRun(world), world);
const entryOf = async (world: FakeWorld) => (await list(world)).groups.find(({ group }) => group === web.key);

describe('listGroups', () => {
  test('lists every group by its key, and touches nothing', async () => {
    const world = aListedWorld({ leashed: true }, [api, web]);
    const found = await list(world);
    expect(found).toMatchObject({ at: '2026-11-23T09:00:00.000Z', leashed: true, seen: 2, failures: [] });
    expect(found.groups.map(({ group }) => group)).toEqual([web.key, api.key]);
    expect(world.events).toEqual(['survey']);
  });

  test('survives the way out of the function and back', async () => {
    const found = await list(aListedWorld());
    expect(parse(GroupList, JSON.parse(JSON.stringify(found)), 'answer')).toEqual(found);
    const newer = { ...found, moon: 'full', groups: found.groups.map((one) => ({ ...one, sun: 1 })) };
    expect(parse(GroupList, newer, 'answer')).toEqual(found);
  });

  test('lists one account alone, and refuses one that is not configured', async () => {
    expect((await list(aListedWorld(), '333333333333')).groups.map(({ group }) => group)).toEqual([api.key]);
    await expect(list(aListedWorld(), '444444444444')).rejects.toThrow(
      'account: expected an account of the configuration, found "444444444444"',
    );
    await expect(list(aListedWorld(), '333333333334')).rejects.toThrow('did you mean 333333333333?');
  });

  test('counts members, and capacity where they are weighted', async () => {
    const members = [aMember({ capacity: 2 }), aMember({ instanceId: 'i-0b', capacity: 2, healthy: false })];
    const world = aListedWorld({}, [aGroup({ members, desired: 4 })]);
    expect(await entryOf(world)).toMatchObject({ targets: 2, healthy: 2, desired: 4 });
  });

  test.each([
    [{ 'chaos:probability': '0.25' }, { mode: 'probability', probability: 0.25, perDay: 0.25 * 7 }],
    [{ 'chaos:mean-days': '5' }, { mode: 'mean-days', meanDays: 5, minDays: 1, perDay: 0.2 }],
    [{ 'chaos:probability': 'often' }, { mode: 'none', why: expect.stringContaining('"often"') }],
  ])('says how often a group with %j is struck', async (tags, rate) => {
    const schedule = { from: '09:00', to: '16:00', everyMinutes: 60 } as const;
    const world = aListedWorld({ schedule }, [aGroup({ tags })]);
    expect(await entryOf(world)).toMatchObject({ tags, rate });
  });

  test('says that instances disagree about a rate', async () => {
    const group = aGroup({ kind: 'tag', conflictingTags: ['chaos:probability'] });
    const found = await list(aListedWorld({}, [group]));
    expect(found.groups[0]?.rate).toEqual({
      mode: 'none',
      why: 'its targets disagree about chaos:probability',
    });
  });

  test('shows what is on record: last strike, leash, and a veto while it holds', async () => {
    const world = aListedWorld();
    const claim: Claim = { ...aClaim(), group: web.key };
    await world.ledger.claim(claim);
    const leash = { reason: 'flaky', by: 'ann', at: '2026-11-20T09:00:00.000Z' };
    await world.ledger.setLeash(web.key, leash);
    await world.ledger.setVeto(web.key, { ...leash, until: '2026-11-23T09:00:00.001Z' });
    await world.ledger.setVeto(api.key, { ...leash, until: '2026-11-23T09:00:00.000Z' });
    const { groups } = await list(world);
    expect(groups.map(({ record }) => record)).toEqual([
      {
        last: { slot: claim.slot, at: claim.at },
        veto: { ...leash, until: '2026-11-23T09:00:00.001Z' },
        leash,
      },
      { last: null, veto: null, leash: null },
    ]);
  });

  test('lists what it saw where the ledger cannot be read, and says so', async () => {
    const world = aListedWorld();
    const groupRecords = async () => Promise.reject(new Error('table gone'));
    const found = await list({ ...world, ledger: { ...world.ledger, groupRecords } });
    expect(found.groups.map(({ record }) => record)).toEqual([null, null]);
    expect(found.failures).toEqual([{ stage: 'control', code: 'Error', message: 'table gone' }]);
  });

  test('says what could not be looked at', async () => {
    const world = aListedWorld();
    const denied = aFailure();
    const survey: typeof world.fleet.survey = async (...given) => ({
      ...(await world.fleet.survey(...given)),
      failures: [denied],
    });
    expect(await list({ ...world, fleet: { ...world.fleet, survey } })).toMatchObject({
      seen: 2,
      failures: [denied],
    });
  });

  test('lists the first 10,000, looks no other up in the ledger, and counts all', async () => {
    const many = Array.from({ length: 10_050 }, (_, index) => aGroup({ name: `web-${index}`, members: [] }));
    const world = aListedWorld({}, many);
    const asked: number[] = [];
    const groupRecords: typeof world.ledger.groupRecords = async (keys) => {
      asked.push(keys.length);
      return { found: new Map(), unreadable: [] };
    };
    const found = await list({ ...world, ledger: { ...world.ledger, groupRecords } });
    expect({ seen: found.seen, listed: found.groups.length, asked }).toEqual({
      seen: 10_050,
      listed: 10_000,
      asked: [10_000],
    });
  });
});

describe('truncateGroupList', () => {
  const bytes = (value: object) => Buffer.byteLength(JSON.stringify(value));

  test('leaves what fits as it is', async () => {
    const found = await list(aListedWorld());
    expect(truncateGroupList(found, bytes(found))).toBe(found);
  });

  test('cuts failures first, then the last groups, to the byte; and its numbers add up', async () => {
    const found = { ...(await list(aListedWorld())), failures: [aFailure(), aFailure()] };
    for (let most = bytes(found) - 1; most > bytes({ ...found, groups: [], failures: [] }) + 20; most -= 1) {
      const cut = truncateGroupList(found, most);
      expect(bytes(cut)).toBeLessThanOrEqual(most);
      expect(cut.failures.length + (cut.omittedFailures ?? 0)).toBe(2);
      expect(cut.groups).toEqual(found.groups.slice(0, cut.groups.length));
      expect(cut.groups.length < 2 && cut.failures.length > 0).toBe(false);
      expect(cut.seen).toBe(2);
    }
    const twice = truncateGroupList(truncateGroupList(found, bytes(found) - 1), bytes(found) - 200);
    expect(twice.failures.length + (twice.omittedFailures ?? 0)).toBe(2);
  });

  test('throws where not even an empty list fits', async () => {
    const found = await list(aListedWorld());
    expect(() => truncateGroupList(found, 20)).toThrow('the list of groups does not fit in 20 bytes');
  });
});
