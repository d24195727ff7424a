import type { GroupAbout } from '#core/guards/guard.ts';
import type { Alarm, Inspection, SafetyLever } from '#core/model/group.ts';
import { aConfig } from '../../support/a-config.ts';
import { aGroup } from '../../support/a-group.ts';
import { aLooked, anAbout } from '../../support/a-guard-context.ts';
import type { Cases } from './guard-table.ts';

const optIn = { 'chaos:opt-in': 'true' };
const looked = (overrides: Partial<Inspection>, about: Partial<GroupAbout> = {}) => {
  const { group = aGroup() } = about;
  return anAbout({ ...about, group, looked: aLooked(group, overrides) });
};

const watched = aGroup({ tags: { ...optIn, 'chaos:alarm': 'web-5xx' } });
const alarm = (name: string, state: Alarm['state']) => ({ name, state });
const accountAlarms = (...account: string[]) => ({ config: aConfig({ gates: { alarms: { account } } }) });

const lever = (status: SafetyLever['status'], reason: string) =>
  looked({ safetyLever: { ok: true, value: { status, reason } } });
const leverAsked = { config: aConfig({ gates: { fisSafetyLever: true } }) };

/** Of the guards that look at what AWS answers about a group. */
export const lookCases: Readonly<Record<string, Cases<GroupAbout>>> = {
  'instance-refresh': {
    passes: [['a group without one', anAbout(), 'no instance refresh is under way']],
    refuses: [
      [
        'a group with one',
        looked({ refreshes: { ok: true, value: ['4f1c InProgress'] } }),
        'under way: 4f1c InProgress',
      ],
    ],
    unknown: [
      [
        'when they could not be listed',
        looked({ refreshes: { ok: false, reason: 'AccessDenied' } }),
        'could not be checked: AccessDenied',
      ],
    ],
  },
  'scaling-activity': {
    passes: [['a group without one', anAbout(), 'no scaling activity is under way']],
    refuses: [
      [
        'a group with some, naming the first',
        looked({
          activities: {
            ok: true,
            value: ['Launching i-1', 'Launching i-2', 'Launching i-3', 'Launching i-4'],
          },
        }),
        'under way: Launching i-1; Launching i-2; Launching i-3 and 1 more',
      ],
    ],
    unknown: [
      [
        'when they could not be listed',
        looked({ activities: { ok: false, reason: 'Throttling' } }),
        'could not be checked: Throttling',
      ],
    ],
  },
  'group-alarm': {
    passes: [
      ['a group that names no alarm', anAbout(), 'the group has no tag chaos:alarm'],
      [
        'an alarm that is OK',
        looked(
          { alarms: { ok: true, value: [alarm('other', 'ALARM'), alarm('web-5xx', 'OK')] } },
          { group: watched },
        ),
        'alarm web-5xx is OK',
      ],
    ],
    refuses: [
      [
        'an alarm in ALARM',
        looked({ alarms: { ok: true, value: [alarm('web-5xx', 'ALARM')] } }, { group: watched }),
        'alarm web-5xx is in ALARM',
      ],
      [
        'an alarm without data',
        looked({ alarms: { ok: true, value: [alarm('web-5xx', 'INSUFFICIENT_DATA')] } }, { group: watched }),
        'alarm web-5xx is in INSUFFICIENT_DATA',
      ],
      [
        'an alarm that does not exist',
        looked({ alarms: { ok: true, value: [alarm('web-5xx', 'MISSING')] } }, { group: watched }),
        'alarm web-5xx does not exist',
      ],
      [
        'an alarm that was not answered about',
        looked({ alarms: { ok: true, value: [alarm('other', 'OK')] } }, { group: watched }),
        'alarm web-5xx does not exist',
      ],
    ],
    unknown: [
      [
        'when alarms could not be asked',
        looked({ alarms: { ok: false, reason: 'AccessDenied' } }, { group: watched }),
        'could not be checked: AccessDenied',
      ],
      [
        'an alarm in a state that nobody knows',
        looked({ alarms: { ok: true, value: [alarm('web-5xx', 'NEW' as 'OK')] } }, { group: watched }),
        'alarm web-5xx is in NEW',
      ],
    ],
  },
  'account-alarm': {
    passes: [
      ['where none is configured', anAbout(), 'no alarm is configured (gates.alarms.account)'],
      [
        'when all are OK',
        looked({
          alarms: { ok: true, value: [alarm('a', 'OK'), alarm('b', 'OK'), alarm('web-5xx', 'ALARM')] },
        }),
        'all 2 alarms are OK',
        accountAlarms('a', 'b'),
      ],
    ],
    refuses: [
      [
        'when one is not, and names it',
        looked({ alarms: { ok: true, value: [alarm('a', 'OK'), alarm('b', 'ALARM')] } }),
        'alarm b is in ALARM, alarm c does not exist',
        accountAlarms('a', 'b', 'c'),
      ],
    ],
    unknown: [
      [
        'when alarms could not be asked',
        looked({ alarms: { ok: false, reason: 'AccessDenied' } }),
        'could not be checked: AccessDenied',
        accountAlarms('a'),
      ],
    ],
  },
  'safety-lever': {
    passes: [
      ['where it is not asked for', anAbout(), 'not asked for (gates.fisSafetyLever)'],
      ['disengaged', lever('disengaged', ''), 'disengaged', leverAsked],
    ],
    refuses: [
      ['engaged', lever('engaged', 'incident 42'), 'engaged: incident 42', leverAsked],
      ['engaging', lever('engaging', 'incident 42'), 'engaging: incident 42', leverAsked],
    ],
    unknown: [
      [
        'when it could not be asked',
        looked({ safetyLever: { ok: false, reason: 'AccessDenied' } }),
        'could not be checked: AccessDenied',
        leverAsked,
      ],
      [
        'when it should have been asked and was not',
        anAbout(),
        'could not be checked: it was not asked for',
        leverAsked,
      ],
    ],
  },
};
