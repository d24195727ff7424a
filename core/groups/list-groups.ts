import { compareText } from '../compare-text.ts';
import type { Config } from '../config.ts';
import { conflictingKeys } from '../decide.ts';
import { type Group, healthyCapacity } from '../group.ts';
import { orElse } from '../model/gathered.ts';
import type { RunContext } from '../model/run-context.ts';
import type { Standing } from '../model/standing.ts';
import { placeMistake } from '../place-mistake.ts';
import type { World } from '../ports/world.ts';
import { rateOf } from '../rate.ts';
import { slotMinutes } from '../schedule.ts';
import { scopeOf } from '../scope.ts';
import type { GroupsRequest } from '../task.ts';
import { unreadableFailures } from '../unreadable.ts';
import { version } from '../version.ts';
import type { GroupList, ListedGroup, ListedRate } from './group-list.ts';

/** More than anybody reads, and no more than are looked up in the ledger in seconds. */
const mostListed = 10_000;

/** The groups that have opted in, from a survey made now. Throws `InvalidInput` for an account that is not configured. */
export async function listGroups(
  { account }: GroupsRequest,
  run: RunContext,
  { config, ledger, fleet, clock }: World,
): Promise<GroupList> {
  const asked = { accounts: account === undefined ? undefined : [account], regions: undefined };
  const scope = scopeOf(asked, config.accounts);
  if (scope.length === 0) throw placeMistake({ account }, config.accounts);
  const now = clock.now();
  const { found, failures } = await fleet.survey(scope, run, (group) => listed(group, config));
  const groups = found.seen.toSorted((a, b) => compareText(a.group, b.group)).slice(0, mostListed);
  const records = await orElse<ReadonlyMap<string, Standing>>(
    'control',
    new Map(),
    ledger
      .standings(groups.map(({ group }) => group))
      .then(({ found, unreadable }) => ({ found, failures: unreadableFailures('control', unreadable) })),
  );
  return {
    schemaVersion: 1,
    at: new Date(now).toISOString(),
    version,
    leashed: config.leashed,
    timeZone: config.schedule.timeZone,
    holidaysThrough: config.calendar.holidayDates?.through ?? null,
    seen: found.seen.length,
    groups: groups.map((group) => ({ ...group, record: recordOf(records.found.get(group.group), now) })),
    failures: [...failures, ...records.failures],
  };
}

function listed(group: Group, config: Config): ListedGroup {
  return {
    group: group.key,
    instances: group.members.length,
    healthy: healthyCapacity(group),
    desired: group.desired,
    tags: group.tags,
    rate: listedRate(group, config),
    record: null,
  };
}

function listedRate(group: Group, config: Config): ListedRate {
  const disagreed = conflictingKeys(group, config);
  if (disagreed.length > 0) {
    return { mode: 'none', why: `its instances disagree about ${disagreed.join(' and ')}` };
  }
  const rate = rateOf(group, config);
  if ('badTag' in rate) return { mode: 'none', why: rate.badTag };
  if (rate.mode === 'mean-days') {
    const { mode, meanDays, minDays } = rate;
    return { mode, meanDays, minDays, perDay: 1 / meanDays };
  }
  return { ...rate, perDay: rate.probability * slotMinutes(config.schedule).length };
}

function recordOf(standing: Standing | undefined, now: number): ListedGroup['record'] {
  if (standing === undefined) return null;
  const { last, veto, leash } = standing;
  return {
    last: last === undefined ? null : { slot: last.slot, at: last.at },
    // A time that cannot be read holds, as it does for runs.
    veto: veto === undefined || Date.parse(veto.until) <= now ? null : veto,
    leash: leash ?? null,
  };
}
