import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { makeCalendar } from '#core/calendar/make-calendar.ts';
import type { ConfigInput } from '#core/config/config.ts';
import { askSignals } from '#core/gates/ask-signals.ts';
import { checkGates } from '#core/gates/check-gates.ts';
import type { GateContext } from '#core/gates/gate.ts';
import { allGates } from '#core/gates/index.ts';
import { available, unavailable } from '#core/util/lookup.ts';
import { aConfig } from '../../support/a-config.ts';
import { mondayMorning as monday } from '../../support/a-guard-context.ts';
import { hostile, raise } from '../../support/guard-table.ts';

const stopped = { reason: 'sale', by: 'arn:aws:iam::111111111111:user/ann', at: '2026-11-22T20:00:00.000Z' };

/** A run of Monday's first slot, with nothing against it. */
function context(overrides: Partial<GateContext> = {}): GateContext {
  const { config = aConfig() } = overrides;
  return {
    config,
    calendar: makeCalendar(config),
    slot: { id: '2026-11-23T09:00:00Z', at: monday },
    now: monday,
    skewed: undefined,
    stop: undefined,
    alarms: available([]),
    closedCalendars: available([]),
    ...overrides,
  };
}

const check = (overrides: Partial<GateContext>, mode: 'live' | 'leashed' = 'live') =>
  checkGates(context(overrides), mode);
const configured = (input: Partial<ConfigInput>) => ({ config: aConfig(input) });

const minutes = (count: number) => monday + count * 60_000;
const daysOff = [{ date: '2026-11-23', name: 'Company day' }];
const christmasFreeze = { from: '2026-11-23T09:00', to: '2026-12-26', reason: 'peak season' };
const frozen = configured({ calendar: { freezes: [christmasFreeze] } });
const calendars = configured({ gates: { changeCalendars: ['releases', 'audits'] } });
const watched = configured({ gates: { alarms: { organization: ['errors', 'latency'] } } });
const state = (errors: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA' | 'MISSING') => ({
  alarms: {
    ok: true as const,
    value: [
      { name: 'latency', state: 'OK' as const },
      { name: 'errors', state: errors },
    ],
  },
});
const window = 'mon, tue, wed, thu, fri 09:00-16:00 UTC';

type Case = readonly [what: string, seen: Partial<GateContext>, text: string];
const table: Readonly<Record<string, { readonly open: readonly Case[]; readonly closed: readonly Case[] }>> =
  {
    stop: {
      open: [['when none is set', {}, 'no stop is set']],
      closed: [
        [
          'when one is set, and says by whom and how to lift it',
          { stop: stopped },
          'stopped by arn:aws:iam::111111111111:user/ann at 2026-11-22T20:00:00.000Z: sale. Lift it with: ./chaos resume',
        ],
        [
          'when the ledger cannot be read',
          { stop: 'unknown' },
          'the ledger could not be read, so a stop may be set',
        ],
      ],
    },
    schedule: {
      open: [
        ['from the first moment of the window', {}, `inside the window ${window}`],
        ['59 minutes late', { now: minutes(59) }, `inside the window ${window}`],
        [
          '61 minutes late, within the clocks’ tolerance',
          { now: minutes(61) - 1 },
          `inside the window ${window}`,
        ],
        [
          'for a slot within the clocks’ tolerance',
          { slot: { id: 'soon', at: minutes(1) } },
          `inside the window ${window}`,
        ],
      ],
      closed: [
        [
          'on a Sunday',
          { now: monday - 86_400_000 },
          'it is Sun 2026-11-22 09:00 UTC, not a work day (Sunday)',
        ],
        [
          'on a day off',
          configured({ calendar: { daysOff } }),
          'it is Mon 2026-11-23 09:00 UTC, not a work day (day off: Company day)',
        ],
        [
          'before the window opens',
          { now: monday - 1 },
          `it is Mon 2026-11-23 08:59 UTC, outside the window ${window}`,
        ],
        [
          'from the moment on at which it closes',
          { now: minutes(7 * 60), slot: { id: 'last', at: minutes(6 * 60) } },
          `it is Mon 2026-11-23 16:00 UTC, outside the window ${window}`,
        ],
        [
          'when the next slot has taken its place',
          { now: minutes(61) },
          'slot 2026-11-23T09:00:00Z is over: the next one is due',
        ],
        [
          'for a slot that has not begun',
          { slot: { id: 'later', at: minutes(2) } },
          'slot later has not begun',
        ],
        [
          'for a slot just before the window',
          { slot: { id: 'early', at: monday - 1 } },
          `slot early: outside the window ${window}`,
        ],
        [
          'when the calendar throws',
          { calendar: { ...context().calendar, isOpen: () => raise('no such zone') } },
          'could not be checked: no such zone',
        ],
      ],
    },
    clock: {
      open: [["where it is AWS's", {}, "not seen to differ from AWS's by more than 5 minutes"]],
      closed: [
        [
          'where it is hours off',
          { skewed: "the clock of this process is 180 minutes ahead of AWS's" },
          "the clock of this process is 180 minutes ahead of AWS's. Correct the clock of its host",
        ],
      ],
    },
    freeze: {
      open: [['a moment before a freeze', { ...frozen, now: monday - 1 }, 'no freeze is in effect']],
      closed: [
        ['during a freeze', frozen, 'frozen until Sun 2026-12-27 00:00 UTC: peak season'],
        [
          'when the calendar throws',
          { ...frozen, calendar: { ...context().calendar, freezeAt: () => raise('no such zone') } },
          'could not be checked: no such zone',
        ],
      ],
    },
    'change-calendar': {
      open: [['when none is closed', calendars, '2 calendars open']],
      closed: [
        ['when one is', { ...calendars, closedCalendars: available(['audits']) }, 'closed: audits'],
        [
          'when they could not be asked',
          { ...calendars, closedCalendars: unavailable('AccessDenied') },
          'could not be checked: AccessDenied',
        ],
      ],
    },
    alarms: {
      open: [['when all are OK', { ...watched, ...state('OK') }, 'all 2 alarms are OK']],
      closed: [
        ['when one is in ALARM', { ...watched, ...state('ALARM') }, 'alarm errors is in ALARM'],
        [
          'when one has no data',
          { ...watched, ...state('INSUFFICIENT_DATA') },
          'alarm errors is in INSUFFICIENT_DATA',
        ],
        ['when one does not exist', { ...watched, ...state('MISSING') }, 'alarm errors does not exist'],
        [
          'when one was not answered about',
          { ...watched, alarms: available([{ name: 'errors', state: 'OK' }]) },
          'alarm latency does not exist',
        ],
        [
          'when they could not be asked',
          { ...watched, alarms: unavailable('AccessDenied') },
          'could not be checked: AccessDenied',
        ],
      ],
    },
  };

describe('the gates', () => {
  test('are one file each, whose name is the reason code, and each is asked, and has cases', () => {
    const names = allGates.map(({ name }) => name);
    const files = readdirSync(new URL('../../../core/gates', import.meta.url), { withFileTypes: true })
      .filter(
        (entry) =>
          entry.isFile() &&
          ![
            'ask-signals.ts',
            'check-entry.ts',
            'check-gates.ts',
            'gate.ts',
            'index.ts',
            'recheck-gates.ts',
          ].includes(entry.name),
      )
      .map(({ name }) => name);
    expect(files.sort()).toEqual(names.map((name) => `${name}.ts`).sort());
    expect(Object.keys(table).sort()).toEqual([...names].sort());
  });

  test('say when they are closed, in sentences', () => {
    for (const { summary } of allGates) expect(summary).toMatch(/^[A-Z][^\n|]*\.$/);
  });

  describe.each(allGates)('$name', (gate) => {
    const { open = [], closed = [] } = table[gate.name] ?? {};
    const always = gate.holds === 'always';
    const verdictsOn = (overrides: Partial<GateContext>) =>
      check(overrides).verdicts.filter((verdict) => verdict.gate === gate.name);

    test('has cases of both', () => {
      expect(open.length).toBeGreaterThan(0);
      expect(closed.length).toBeGreaterThan(0);
    });
    test.each(open)('is open %s', (_, seen, text) => {
      expect(verdictsOn(seen)).toEqual([{ gate: gate.name, open: true, text }]);
    });
    test.each(closed)(`is closed %s, which ends ${always ? 'every' : 'a live'} run`, (_, seen, text) => {
      expect(verdictsOn(seen)).toEqual([{ gate: gate.name, open: false, text }]);
      expect(check(seen, 'live').closed).toBe(true);
      expect(check(seen, 'leashed').closed).toBe(always);
    });
  });
});

describe('askSignals', () => {
  const silent = { alarms: async () => raise('asked'), closedCalendars: async () => raise('asked') };

  test('of what is not configured nothing is asked, and nothing stands against a run', async () => {
    expect(await askSignals({ signals: silent, config: aConfig() })).toEqual({
      alarms: available([]),
      closedCalendars: available([]),
    });
  });

  test('what does not answer is unknown', async () => {
    const gates = { changeCalendars: ['releases'], alarms: { organization: ['errors'] } };
    expect(await askSignals({ signals: silent, config: aConfig({ gates }) })).toEqual({
      alarms: unavailable('asked'),
      closedCalendars: unavailable('asked'),
    });
  });
});

describe('checkGates', () => {
  test('on a workday morning all are open, and what is not configured says nothing', () => {
    expect(check({})).toEqual({
      closed: false,
      verdicts: [
        { gate: 'stop', open: true, text: 'no stop is set' },
        { gate: 'clock', open: true, text: "not seen to differ from AWS's by more than 5 minutes" },
        { gate: 'schedule', open: true, text: `inside the window ${window}` },
      ],
    });
  });

  test('what is configured is asked, in the order of the list', () => {
    const all = aConfig({
      calendar: { freezes: [{ ...christmasFreeze, from: '2026-12-01' }] },
      gates: { changeCalendars: ['releases'], alarms: { organization: ['errors'] } },
    });
    const { closed, verdicts } = check({
      config: all,
      alarms: available([{ name: 'errors', state: 'OK' }]),
    });
    expect(closed).toBe(false);
    expect(verdicts.map(({ gate }) => gate)).toEqual(allGates.map(({ name }) => name));
  });

  test('a freeze of some accounts or groups is no gate', () => {
    const freezes = [
      { ...christmasFreeze, accounts: ['222222222222'] },
      { ...christmasFreeze, groups: ['payment-*'] },
    ];
    const { closed, verdicts } = check(configured({ calendar: { freezes } }));
    expect(closed).toBe(false);
    expect(verdicts.map(({ gate }) => gate)).not.toContain('freeze');
  });

  test('a gate that throws, even when asked whether it applies, is closed', () => {
    const { closed, verdicts } = checkGates(hostile<GateContext>(), 'live');
    expect(closed).toBe(true);
    expect(verdicts).toEqual(
      allGates.map(({ name }) => ({ gate: name, open: false, text: 'could not be checked: no answer' })),
    );
  });

  test('a leashed run outside the hours goes on, and its report says that a live one would not have', () => {
    const outside = check({ now: monday - 86_400_000 }, 'leashed');
    expect(outside.closed).toBe(false);
    expect(outside.verdicts).toContainEqual({
      gate: 'schedule',
      open: false,
      text: 'it is Sun 2026-11-22 09:00 UTC, not a work day (Sunday)',
    });
  });
});
