import { makeCalendar } from '#core/calendar/make-calendar.ts';
import type { GuardContext, GuardEvidence } from '#core/guards/guard.ts';
import type { GroupRecord, LedgerState } from '#core/model/group-record.ts';
import type { StrikeEntry } from '#core/model/strike.ts';
import type {
  InstanceCandidate,
  InstanceGroup,
  InstanceInspection,
  InstanceTypes,
} from '#targets/instances/model.ts';
import { nothingToTell } from '#targets/instances/questions.ts';
import { aConfig } from './a-config.ts';
import { aGroup, aMember, inspectionOf } from './a-group.ts';
import { aTarget } from './a-target.ts';

/** Monday 2026-11-23, 09:00 UTC: inside the window of `aConfig`. */
export const mondayMorning = Date.parse('2026-11-23T09:00:00Z');

/** A run of Monday morning with no strike open. The calendar is the configuration's, the day that of `now`. */
export function aGuardContext(overrides: Partial<GuardContext> = {}): GuardContext {
  const { config = aConfig(), now = mondayMorning } = overrides;
  const { calendar = makeCalendar(config) } = overrides;
  return {
    config,
    calendar,
    now,
    day: calendar.dayOf(now),
    open: { ok: true, value: [] },
    unreadable: [],
    ...overrides,
  };
}

/** A group that nothing is happening to. */
export function anInspection(
  group: InstanceGroup = aGroup(),
  overrides: Partial<InstanceInspection> = {},
): InstanceInspection {
  return {
    group,
    instances: inspectionOf(group),
    ...nothingToTell,
    alarms: { ok: true, value: [] },
    safetyLever: undefined,
    ...overrides,
  };
}

/** Nothing is on record. */
export function aGroupRecord(overrides: Partial<GroupRecord> = {}): GroupRecord {
  return { version: 0, last: undefined, veto: undefined, leash: undefined, ...overrides };
}

/** A group whose inspection shows nothing against it. */
export function anInspectedGroup(
  overrides: Partial<GuardEvidence<InstanceTypes>['inspection']> = {},
): GuardEvidence<InstanceTypes>['inspection'] {
  const { group = aGroup() } = overrides;
  return { group, inspection: anInspection(group), ...overrides };
}

/** The ledger has nothing against a group. */
export function aLedgerState(overrides: Partial<LedgerState> = {}): LedgerState {
  return { record: { ok: true, value: aGroupRecord() }, budgets: { ok: true, value: [] }, ...overrides };
}

/** A group that the ledger has nothing against. */
export function aGroupOnLedger(overrides: Partial<GuardEvidence['ledger']> = {}): GuardEvidence['ledger'] {
  return {
    group: aGroup(),
    rate: { mode: 'probability', probability: 1 },
    ...aLedgerState(),
    ...overrides,
  };
}

/** A member that nothing stands against, of a group that has it beside three others in its zone. */
export function aCandidate(overrides: Partial<InstanceCandidate> = {}): InstanceCandidate {
  const { member = aMember() } = overrides;
  const { group = aGroup({ members: [member, ...aGroup().members] }) } = overrides;
  return {
    group,
    member,
    instance: inspectionOf({ ...group, members: [member] })[0],
    ...overrides,
  };
}

/** A strike of `web` in Monday's first slot that waits for the group to recover. */
export function aStrikeEntry(overrides: Partial<StrikeEntry> = {}): StrikeEntry {
  const { group = '222222222222/eu-west-1/asg/web' } = overrides;
  return {
    slot: '2026-11-23T09:00:00Z',
    group,
    runId: '20261123T090000Z-00000001',
    target: aTarget({ id: 'i-web-a', group }),
    fault: { name: 'ec2-terminate', parameters: { via: 'ec2' } },
    app: undefined,
    healthy: 3,
    version: 0,
    day: '2026-11-23',
    at: '2026-11-23T09:00:05.000Z',
    abandonedAfter: Date.parse('2026-11-23T09:16:00Z'),
    budgets: [],
    state: 'succeeded',
    detail: 'running -> shutting-down',
    recovery: undefined,
    ...overrides,
  };
}
