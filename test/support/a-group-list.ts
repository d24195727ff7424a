import type { GroupList, ListedGroup } from '#core/reports/group-list.ts';

/** A list of one healthy group that has not been struck yet. */
export function aGroupList(overrides: Partial<GroupList> = {}): GroupList {
  const groups = overrides.groups ?? [aListedGroup()];
  return {
    schemaVersion: 2,
    at: '2026-11-23T08:00:03.000Z',
    version: '0.1.0',
    leashed: false,
    timeZone: 'Europe/Berlin',
    holidaysThrough: null,
    seen: groups.length,
    failures: [],
    ...overrides,
    groups,
  };
}

export function aListedGroup(overrides: Partial<ListedGroup> = {}): ListedGroup {
  return {
    group: '222222222222/eu-west-1/asg/web',
    targets: 3,
    healthy: 3,
    desired: 3,
    tags: { 'chaos:opt-in': 'true' },
    rate: { mode: 'probability', probability: 1 / 6, perDay: 7 / 6 },
    record: { last: null, veto: null, leash: null },
    ...overrides,
  };
}
