import { slotMinutes } from '../calendar/schedule.ts';
import type { Config } from '../config/config.ts';
import { placeMistake } from '../config/place-mistake.ts';
import { scopeAccounts } from '../config/scope-accounts.ts';
import type { GroupsRequest } from '../config/task.ts';
import { listConflictingKeys } from '../decide/resolve-intent.ts';
import { readRate } from '../draws/read-rate.ts';
import { findKind, type Kind } from '../kinds/kind.ts';
import type { Group } from '../model/group.ts';
import type { GroupRecord } from '../model/group-record.ts';
import { orFallback } from '../model/partial-result.ts';
import type { RunContext } from '../model/run-context.ts';
import { unreadableFailures } from '../model/unreadable-item.ts';
import type { World } from '../ports/world.ts';
import type { GroupList, ListedGroup, ListedRate } from '../reports/group-list.ts';
import { compareStrings } from '../util/compare-strings.ts';
import { version } from '../util/version.ts';

/** More than anybody reads, and few enough to look up in the ledger within seconds. */
const mostListed = 10_000;

/** The groups that have opted in, from a survey made now. Throws `InvalidInput` for an account that is not configured. */
export async function listGroups(
  { account }: GroupsRequest,
  run: RunContext,
  { config, kinds, ledger, fleet, clock }: World,
): Promise<GroupList> {
  const asked = { accounts: account === undefined ? undefined : [account], regions: undefined };
  const scope = scopeAccounts(asked, config.accounts);
  if (scope.length === 0) throw placeMistake({ account }, config.accounts);
  const now = clock.now();
  const { value: found, failures } = await fleet.survey(scope, run, (group) =>
    describeGroup(group, kinds, config),
  );
  const groups = found.seen.toSorted((a, b) => compareStrings(a.group, b.group)).slice(0, mostListed);
  const records = await orFallback<ReadonlyMap<string, GroupRecord>>(
    'control',
    new Map(),
    ledger.groupRecords(groups.map(({ group }) => group)).then(({ found, unreadable }) => ({
      value: found,
      failures: unreadableFailures('control', unreadable),
    })),
  );
  return {
    schemaVersion: 2,
    at: new Date(now).toISOString(),
    version,
    leashed: config.leashed,
    timeZone: config.schedule.timeZone,
    holidaysThrough: config.calendar.holidayDates?.through ?? null,
    seen: found.seen.length,
    groups: groups.map((group) => ({ ...group, record: recordOf(records.value.get(group.group), now) })),
    failures: [...failures, ...records.failures],
  };
}

function describeGroup(group: Group, kinds: readonly Kind[], config: Config): ListedGroup {
  const { targets, healthy, desired } = findKind(kinds, group).health(group);
  return {
    group: group.key,
    targets,
    healthy,
    desired,
    tags: group.tags,
    rate: describeRate(group, config),
    record: null,
  };
}

function describeRate(group: Group, config: Config): ListedRate {
  const disagreed = listConflictingKeys(group, config);
  if (disagreed.length > 0) {
    return { mode: 'none', why: `its targets disagree about ${disagreed.join(' and ')}` };
  }
  const rate = readRate(group, config);
  if ('badTag' in rate) return { mode: 'none', why: rate.badTag };
  if (rate.mode === 'mean-days') {
    const { mode, meanDays, minDays } = rate;
    return { mode, meanDays, minDays, perDay: 1 / meanDays };
  }
  return { ...rate, perDay: rate.probability * slotMinutes(config.schedule).length };
}

function recordOf(record: GroupRecord | undefined, now: number): ListedGroup['record'] {
  if (record === undefined) return null;
  const { last, veto, leash } = record;
  return {
    last: last === undefined ? null : { slot: last.slot, at: last.at },
    // A veto whose time cannot be read is in force, as it is for runs.
    veto: veto === undefined || Date.parse(veto.until) <= now ? null : veto,
    leash: leash ?? null,
  };
}
