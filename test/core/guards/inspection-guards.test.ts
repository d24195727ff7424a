import { describe, expect, test } from 'vitest';
import { type GuardEvidence, selectGuards } from '#core/guards/guard.ts';
import { listGuards } from '#core/guards/index.ts';
import type { Alarm, SafetyLever } from '#core/model/group.ts';
import type { InstanceGroup, InstanceInspection } from '#targets/instances/model.ts';
import { aConfig } from '../../support/a-config.ts';
import { aGroup } from '../../support/a-group.ts';
import { anInspectedGroup, anInspection } from '../../support/a-guard-context.ts';
import { type Cases, guardTable } from '../../support/guard-table.ts';

const optIn = { 'chaos:opt-in': 'true' };
const inspected = (
  overrides: Partial<InstanceInspection>,
  about: { readonly group?: InstanceGroup } = {},
) => {
  const { group = aGroup() } = about;
  return anInspectedGroup({ ...about, group, inspection: anInspection(group, overrides) });
};

const watched = aGroup({ tags: { ...optIn, 'chaos:alarm': 'web-5xx' } });
const alarm = (name: string, state: Alarm['state']) => ({ name, state });
const accountAlarms = (...account: string[]) => ({ config: aConfig({ gates: { alarms: { account } } }) });

const lever = (status: SafetyLever['status'], reason: string) =>
  inspected({ safetyLever: { ok: true, value: { status, reason } } });
const leverAsked = { config: aConfig({ gates: { fisSafetyLever: true } }) };

const cases: Readonly<Record<string, Cases<GuardEvidence['inspection']>>> = {
  'group-alarm': {
    passes: [
      ['a group that names no alarm', anInspectedGroup(), 'the group has no tag chaos:alarm'],
      [
        'an alarm that is OK',
        inspected(
          { alarms: { ok: true, value: [alarm('other', 'ALARM'), alarm('web-5xx', 'OK')] } },
          { group: watched },
        ),
        'alarm web-5xx is OK',
      ],
    ],
    refuses: [
      [
        'an alarm in ALARM',
        inspected({ alarms: { ok: true, value: [alarm('web-5xx', 'ALARM')] } }, { group: watched }),
        'alarm web-5xx is in ALARM',
      ],
      [
        'an alarm without data',
        inspected(
          { alarms: { ok: true, value: [alarm('web-5xx', 'INSUFFICIENT_DATA')] } },
          { group: watched },
        ),
        'alarm web-5xx is in INSUFFICIENT_DATA',
      ],
      [
        'an alarm that does not exist',
        inspected({ alarms: { ok: true, value: [alarm('web-5xx', 'MISSING')] } }, { group: watched }),
        'alarm web-5xx does not exist',
      ],
      [
        'an alarm that was not answered about',
        inspected({ alarms: { ok: true, value: [alarm('other', 'OK')] } }, { group: watched }),
        'alarm web-5xx does not exist',
      ],
    ],
    unknown: [
      [
        'when alarms could not be asked',
        inspected({ alarms: { ok: false, reason: 'AccessDenied' } }, { group: watched }),
        'could not be checked: AccessDenied',
      ],
      [
        'an alarm in a state that nobody knows',
        inspected({ alarms: { ok: true, value: [alarm('web-5xx', 'NEW' as 'OK')] } }, { group: watched }),
        'alarm web-5xx is in NEW',
      ],
    ],
  },
  'account-alarm': {
    passes: [
      ['where none is configured', anInspectedGroup(), 'no alarm is configured (gates.alarms.account)'],
      [
        'when all are OK',
        inspected({
          alarms: { ok: true, value: [alarm('a', 'OK'), alarm('b', 'OK'), alarm('web-5xx', 'ALARM')] },
        }),
        'all 2 alarms are OK',
        accountAlarms('a', 'b'),
      ],
    ],
    refuses: [
      [
        'when one is not, and names it',
        inspected({ alarms: { ok: true, value: [alarm('a', 'OK'), alarm('b', 'ALARM')] } }),
        'alarm b is in ALARM, alarm c does not exist',
        accountAlarms('a', 'b', 'c'),
      ],
    ],
    unknown: [
      [
        'when alarms could not be asked',
        inspected({ alarms: { ok: false, reason: 'AccessDenied' } }),
        'could not be checked: AccessDenied',
        accountAlarms('a'),
      ],
    ],
  },
  'safety-lever': {
    passes: [
      ['where it is not asked for', anInspectedGroup(), 'not checked (gates.fisSafetyLever)'],
      ['disengaged', lever('disengaged', ''), 'disengaged', leverAsked],
    ],
    refuses: [
      ['engaged', lever('engaged', 'incident 42'), 'engaged: incident 42', leverAsked],
      ['engaging', lever('engaging', 'incident 42'), 'engaging: incident 42', leverAsked],
    ],
    unknown: [
      [
        'when it could not be asked',
        inspected({ safetyLever: { ok: false, reason: 'AccessDenied' } }),
        'could not be checked: AccessDenied',
        leverAsked,
      ],
      [
        'when it should have been asked and was not',
        anInspectedGroup(),
        'could not be checked: it was not read',
        leverAsked,
      ],
    ],
  },
};

describe('the guards of every target on its inspection', () => {
  guardTable(selectGuards(listGuards([]), 'inspection'), cases);

  test('each has a case in which the answer it needs is not known', () => {
    const without = Object.entries(cases).filter(([, { unknown = [] }]) => unknown.length === 0);
    expect(without.map(([code]) => code)).toEqual([]);
  });
});
