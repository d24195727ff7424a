import type { GroupRate } from '#core/draws/read-rate.ts';
import type { GuardEvidence } from '#core/guards/guard.ts';
import type { UsedBudget } from '#core/model/budget.ts';
import type { GroupRecord } from '#core/model/group-record.ts';
import { aConfig } from '../../support/a-config.ts';
import { aGroup } from '../../support/a-group.ts';
import {
  aGroupOnLedger,
  aGroupRecord,
  aGuardContext,
  aStrikeEntry,
  mondayMorning,
} from '../../support/a-guard-context.ts';
import { type Case, type Cases, raise } from '../../support/guard-table.ts';

type OnLedger = GuardEvidence['ledger'];

const optIn = { 'chaos:opt-in': 'true' };
const at = '2026-11-20T15:00:00.000Z';
const record = (overrides: Partial<GroupRecord>, about: Partial<OnLedger> = {}) =>
  aGroupOnLedger({ record: { ok: true, value: aGroupRecord(overrides) }, ...about });
const unread: Case<OnLedger> = [
  'when the ledger could not be read',
  aGroupOnLedger({ record: { ok: false, reason: 'table gone' } }),
  'could not be checked: table gone',
];

const veto = (until: string) =>
  record({ veto: { until, by: 'arn:aws:iam::111111111111:user/ann', reason: 'release', at } });
const leash = { reason: '2 of 3 desired are healthy', by: 'chaos_monkey', at };

const days = (minDays: number): GroupRate => ({ mode: 'mean-days', meanDays: 5, minDays, probability: 0.5 });
const struckOn = (day: string, minDays: number) =>
  record({ last: { slot: `${day}T10:00:00Z`, day, at: `${day}T10:00:05.000Z` } }, { rate: days(minDays) });
const struckAgo = (ms: number) =>
  record({
    last: { slot: 'adhoc/1', day: '2026-11-23', at: new Date(mondayMorning - ms).toISOString() },
  });
const cooling = (cooldownMinutes: number) => ({ config: aConfig({ guards: { cooldownMinutes } }) });

const ofShop = aGroupOnLedger({ group: aGroup({ tags: { ...optIn, 'chaos:app': 'shop' } }) });
const another = '222222222222/eu-west-1/asg/cart';
const struck = [aStrikeEntry()];
const appStruck = [aStrikeEntry({ group: another, app: 'shop' })];
const unverified = (limits: { readonly group?: number; readonly app?: number }) => ({
  config: aConfig({ budgets: { unverified: limits } }),
});

const web = aGroup().key;
const budgeted = (...known: readonly UsedBudget[]) => aGroupOnLedger({ budgets: { ok: true, value: known } });
const ofDay = (used: number): UsedBudget => ({
  ...{ scope: 'organization', of: '', over: '2026-11-23' },
  ...{ max: 5, used },
});
const ofApp = (of: string, used: number): UsedBudget => ({
  ...{ scope: 'app', of, over: 'unverified' },
  ...{ max: 1, used },
});
const ofAccount = (used: number): UsedBudget => ({
  ...{ scope: 'account', of: '222222222222', over: 'unverified' },
  ...{ max: 1, used },
});

/** Of the guards that look at what the ledger has about a group. */
export const ledgerCases: Readonly<Record<string, Cases<OnLedger>>> = {
  vetoed: {
    passes: [
      ['what nobody vetoed', aGroupOnLedger(), 'no veto'],
      [
        'from the moment on at which the veto ends',
        veto('2026-11-23T09:00:00.000Z'),
        'the veto by arn:aws:iam::111111111111:user/ann ended at 2026-11-23T09:00:00.000Z',
      ],
    ],
    refuses: [
      [
        'until a veto ends',
        veto('2026-11-23T09:00:00.001Z'),
        'vetoed until 2026-11-23T09:00:00.001Z by arn:aws:iam::111111111111:user/ann: release',
      ],
    ],
    unknown: [
      unread,
      [
        'a veto until no time at all',
        veto('friday'),
        'vetoed until friday by arn:aws:iam::111111111111:user/ann: release',
      ],
    ],
  },
  'leashed-group': {
    passes: [['what is not leashed', aGroupOnLedger(), 'not leashed']],
    refuses: [
      [
        'what is leashed, and says how to lift it',
        record({ leash }),
        'leashed by chaos_monkey at 2026-11-20T15:00:00.000Z: 2 of 3 desired are healthy. ' +
          'Lift it with: ./chaos leash 222222222222/eu-west-1/asg/web --off',
      ],
      [
        'a name that a shell would take apart, with a command that can be pasted',
        record({ leash }, { group: aGroup({ name: "Ann's shop" }) }),
        'leashed by chaos_monkey at 2026-11-20T15:00:00.000Z: 2 of 3 desired are healthy. ' +
          `Lift it with: ./chaos leash '222222222222/eu-west-1/asg/Ann'\\''s shop' --off`,
      ],
    ],
    unknown: [unread],
  },
  'min-days': {
    passes: [
      ['a group that was never struck', aGroupOnLedger({ rate: days(3) }), 'never struck'],
      [
        'on the first day that the shortest gap allows, the weekend not counted',
        struckOn('2026-11-19', 2),
        'last struck on 2026-11-19, eligible again from 2026-11-23',
      ],
      [
        'on the work day after, where that is the shortest gap',
        struckOn('2026-11-20', 1),
        'last struck on 2026-11-20, eligible again from 2026-11-23',
      ],
      ['a chance per slot, even twice on a day', struckAgo(0), 'its rate is not in days'],
      [
        'a chance per slot, even when the ledger could not be read',
        aGroupOnLedger({ record: { ok: false, reason: 'table gone' } }),
        'its rate is not in days',
      ],
    ],
    refuses: [
      [
        'a work day too early',
        struckOn('2026-11-20', 2),
        'last struck on 2026-11-20, eligible again from 2026-11-24',
      ],
      [
        'a second time on a day, whatever the shortest gap',
        struckOn('2026-11-23', 1),
        'last struck on 2026-11-23, eligible again from 2026-11-24',
      ],
      [
        'a day before the last strike, as of a late slot',
        struckOn('2026-11-24', 1),
        'last struck on 2026-11-24, eligible again from 2026-11-25',
      ],
    ],
    unknown: [
      [
        'when the ledger could not be read',
        aGroupOnLedger({ rate: days(1), record: { ok: false, reason: 'table gone' } }),
        'could not be checked: table gone',
      ],
      [
        'when the calendar cannot tell',
        struckOn('2026-11-19', 1),
        'could not be checked: holidays are not known',
        { calendar: { ...aGuardContext().calendar, workDayAfter: () => raise('holidays are not known') } },
      ],
    ],
  },
  cooldown: {
    passes: [
      ['a group that was never struck', aGroupOnLedger(), 'never struck', cooling(60)],
      [
        'from the moment on at which the cooldown ends',
        struckAgo(60 * 60_000),
        'struck 60 minutes ago, cooldown is 60 minutes',
        cooling(60),
      ],
      ['days later', struckAgo(3 * 86_400_000), 'struck 3 days ago, cooldown is 60 minutes', cooling(60)],
      [
        'at once, where no cooldown is configured',
        struckAgo(0),
        'struck 0 minutes ago, cooldown is 0 minutes',
      ],
    ],
    refuses: [
      [
        'a millisecond before the cooldown ends',
        struckAgo(60 * 60_000 - 1),
        'struck 59 minutes ago, cooldown is 60 minutes',
        cooling(60),
      ],
      [
        'a strike that is yet to come by a clock that is behind',
        struckAgo(-30_000),
        'struck 0 minutes ago, cooldown is 1 minute',
        cooling(1),
      ],
    ],
    unknown: [
      unread,
      [
        'a last strike at no time at all',
        record({ last: { slot: 'adhoc/1', day: '2026-11-20', at: 'friday' } }),
        'struck NaN minutes ago, cooldown is 0 minutes',
      ],
    ],
  },
  'strike-unverified': {
    passes: [
      ['when no strike is open', aGroupOnLedger(), '0 unverified strikes, the limit is 1'],
      [
        'when none of its app is, either',
        ofShop,
        '0 unverified strikes, the limit is 1; ' + '0 unverified strikes of chaos:app=shop, the limit is 1',
      ],
      [
        'when others are open: of another group, of another app',
        ofShop,
        '0 unverified strikes, the limit is 1; ' + '0 unverified strikes of chaos:app=shop, the limit is 1',
        { open: { ok: true, value: [aStrikeEntry({ group: another, app: 'bank' })] } },
      ],
      [
        'a group without an app beside strikes without one',
        aGroupOnLedger(),
        '0 unverified strikes, the limit is 1',
        { open: { ok: true, value: [aStrikeEntry({ group: another, app: undefined })] } },
      ],
      [
        'a group whose app has no name beside strikes of such',
        aGroupOnLedger({ group: aGroup({ tags: { ...optIn, 'chaos:app': '' } }) }),
        '0 unverified strikes, the limit is 1',
        { open: { ok: true, value: [aStrikeEntry({ group: another, app: '' })] } },
      ],
      [
        'one below a wider limit',
        aGroupOnLedger(),
        '1 unverified strike, the limit is 2: i-web-a at 2026-11-23T09:00:05.000Z',
        { open: { ok: true, value: struck }, ...unverified({ group: 2 }) },
      ],
    ],
    refuses: [
      [
        'while a strike of it is open',
        aGroupOnLedger(),
        '1 unverified strike, the limit is 1: i-web-a at 2026-11-23T09:00:05.000Z',
        { open: { ok: true, value: struck } },
      ],
      [
        'while a strike of its app is open',
        ofShop,
        '1 unverified strike of chaos:app=shop, the limit is 1: i-web-a at 2026-11-23T09:00:05.000Z',
        { open: { ok: true, value: appStruck } },
      ],
      [
        'at a wider limit of its app',
        ofShop,
        '2 unverified strikes of chaos:app=shop, the limit is 2: ' +
          'i-web-a at 2026-11-23T09:00:05.000Z, i-web-a at 2026-11-23T09:00:05.000Z',
        { open: { ok: true, value: [...appStruck, ...appStruck] }, ...unverified({ app: 2 }) },
      ],
      [
        'always, where the limit is none at all',
        aGroupOnLedger(),
        '0 unverified strikes, the limit is 0',
        unverified({ group: 0 }),
      ],
    ],
    unknown: [
      [
        'when the open strikes could not be read',
        aGroupOnLedger(),
        'could not be checked: table gone',
        { open: { ok: false, reason: 'table gone' } },
      ],
    ],
  },

  'budget-exhausted': {
    passes: [
      ['where none is configured', aGroupOnLedger(), 'none is configured'],
      [
        'where all have room',
        budgeted(ofDay(4), ofAccount(0)),
        '4 of 5 strikes on 2026-11-23 for the organization; 0 of 1 unverified strike at a time for account 222222222222',
      ],
      [
        'where those of its app and of itself have room',
        aGroupOnLedger({
          group: ofShop.group,
          budgets: { ok: true, value: [ofApp('shop', 0), { ...ofApp(web, 0), scope: 'group' }] },
        }),
        `0 of 1 unverified strike at a time for app shop; 0 of 1 unverified strike at a time for group ${web}`,
      ],
    ],
    refuses: [
      [
        'where one is spent',
        budgeted(ofDay(5), ofAccount(0)),
        'budget exhausted: at most 5 strikes on 2026-11-23 for the organization',
      ],
      [
        'where more than there is of it is used: the budget was made smaller',
        budgeted(ofDay(6)),
        'budget exhausted: at most 5 strikes on 2026-11-23 for the organization',
      ],
      [
        'where several are spent, and names them all',
        budgeted(ofDay(5), ofAccount(1)),
        'budget exhausted: at most 5 strikes on 2026-11-23 for the organization; 1 unverified strike at a time for account 222222222222',
      ],
      [
        'a budget of its app',
        aGroupOnLedger({ group: ofShop.group, budgets: { ok: true, value: [ofApp('shop', 1)] } }),
        'budget exhausted: at most 1 unverified strike at a time for app shop',
      ],
      ...(
        [
          ['another app than was read', ofShop.group, [ofApp('search', 0)]],
          ['an app, where none was read', ofShop.group, []],
          ['no app any more', aGroup(), [ofApp('shop', 0)]],
        ] as const
      ).map(
        ([what, group, known]): Case<OnLedger> => [
          `what is of ${what}`,
          aGroupOnLedger({ group, budgets: { ok: true, value: known } }),
          'could not be checked: its tag chaos:app has changed since the survey',
        ],
      ),
    ],
    unknown: [
      [
        'when the ledger could not be read',
        aGroupOnLedger({ budgets: { ok: false, reason: 'table gone' } }),
        'could not be checked: table gone',
      ],
    ],
  },
};
