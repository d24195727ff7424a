import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeCalendar } from '#core/calendar/make-calendar.ts';
import type { DecisionContext } from '#core/decide/decision-context.ts';
import { evaluate } from '#core/decide/evaluate.ts';
import { slotId } from '#core/model/slot.ts';
import type { InstanceGroup } from '#targets/instances/model.ts';
import { aConfig } from '../../support/a-config.ts';
import { aDecisionContext, slotAt } from '../../support/a-decision-context.ts';
import { aGroup } from '../../support/a-group.ts';

/** Of a group as the survey lists it. */
const onListing = (group: InstanceGroup, context: DecisionContext) => evaluate(group, {}, context);
const config = aConfig({ rate: { meanDays: 5, minDays: 2 }, schedule: { everyMinutes: 30 } });
const fixed = { config, calendar: makeCalendar(config) };
const monday = '2026-11-23';
const slotsOf = (day: string) => fixed.calendar.slots(day).map((at) => ({ id: slotId(at), at }));

/** A group's decisions in all slots of a day. */
const decisionsOf = (day: string, name: string, secret = 'secret') =>
  slotsOf(day).map(
    (slot) => onListing(aGroup({ name }), aDecisionContext({ ...fixed, slot, secret })).decision,
  );

/** The first name that is drawn on Monday, and due between two slots; and the first that is not drawn. */
const names = Array.from({ length: 100 }, (_, index) => `group-${index}`);
const isDrawn = (name: string) => decisionsOf(monday, name).some(({ verdict }) => verdict === 'strike');
const drawn = names.find((name) => isDrawn(name) && decisionsOf(monday, name)[0]?.verdict === 'spare') ?? '';
const unlucky = names.find((name) => !isDrawn(name)) ?? '';

const aName = fc.constantFrom(...names);
const aWorkDay = fc.constantFrom('2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27');

describe('evaluate, with a rate in days', () => {
  test('strikes with 1/(mean - min + 1)', () => {
    expect(decisionsOf(monday, drawn)[0]).toMatchObject({ probability: 1 / 4 });
  });

  test('draws once a day: the number, the moment and the fault are the same in every slot', () => {
    fc.assert(
      fc.property(aWorkDay, aName, fc.string(), (day, name, secret) => {
        const odds = decisionsOf(day, name, secret).map((one) => [one.drawn, one.due]);
        expect(new Set(odds.map((one) => JSON.stringify(one))).size).toBe(1);
      }),
    );
  });

  test('is struck in the first slot at or after the moment, and in any later one of that day', () => {
    fc.assert(
      fc.property(aWorkDay, aName, fc.string(), (day, name, secret) => {
        const decisions = decisionsOf(day, name, secret);
        const due = Date.parse(decisions[0]?.due ?? 'none');
        const codes = decisions.map(({ reason }) => reason.code);
        if (Number.isNaN(due)) expect(new Set(codes)).toEqual(new Set(['not-drawn']));
        else expect(codes).toEqual(slotsOf(day).map(({ at }) => (at >= due ? 'drawn' : 'not-yet')));
      }),
      { numRuns: 200 },
    );
  });

  test('always has a slot at or after the moment, which is in the window', () => {
    fc.assert(
      fc.property(aName, fc.string(), (name, secret) => {
        const last = decisionsOf(monday, name, secret).at(-1);
        if (last?.due === undefined) return;
        expect(last.verdict).toBe('strike');
        expect(last.due >= '2026-11-23T09:00:00.000Z' && last.due <= '2026-11-23T15:30:00.000Z').toBe(true);
        expect(last.due).toMatch(/:\d\d\.000Z$/);
      }),
    );
  });

  test('moments are those of earlier versions: a plan announced today holds after an update', () => {
    expect(decisionsOf(monday, 'group-2')[0]?.due).toBe('2026-11-23T09:36:58.000Z');
  });

  test('says what was drawn, for which day, and from when on it holds', () => {
    const [first] = decisionsOf(monday, drawn);
    const last = decisionsOf(monday, drawn).at(-1);
    const drew = /^drew 0\.[01]\d{3} for 2026-11-23, a strike is below 0\.25/;
    expect(first).toMatchObject({
      verdict: 'spare',
      reason: { code: 'not-yet', text: expect.stringMatching(drew) },
    });
    expect(first?.reason.text).toMatch(new RegExp(`: due at ${first?.due}$`));
    expect(last?.reason.text).toMatch(drew);
    expect(last?.reason.text).toMatch(new RegExp(`, from ${first?.due} on$`));
    expect(decisionsOf(monday, unlucky)[0]).toMatchObject({
      verdict: 'spare',
      reason: {
        code: 'not-drawn',
        text: expect.stringMatching(/^drew 0\.\d{4} for 2026-11-23, a strike is below/),
      },
    });
    expect(decisionsOf(monday, unlucky)[0]).not.toHaveProperty('due');
  });

  test('a run outside the schedule draws with its day as well, and from the same moment on', () => {
    const due = Date.parse(decisionsOf(monday, drawn)[0]?.due ?? '');
    const adhoc = (at: number) =>
      onListing(aGroup({ name: drawn }), aDecisionContext({ ...fixed, slot: { id: 'adhoc/7', at } }))
        .decision;
    expect(adhoc(due - 1).reason.code).toBe('not-yet');
    expect(adhoc(due).reason.code).toBe('drawn');
    expect(adhoc(due).drawn).toBe(decisionsOf(monday, drawn)[0]?.drawn);
  });

  test.each([
    ['at the weekend', '2026-11-22T10:00:00Z', '2026-11-22 is not a work day (Sunday): no draw'],
    ['on a day off', '2026-11-24T10:00:00Z', '2026-11-24 is not a work day (day off: Company day): no draw'],
  ])('there is no draw %s', (_, time, text) => {
    const off = aConfig({
      rate: { meanDays: 1 },
      calendar: { daysOff: [{ date: '2026-11-24', name: 'Company day' }] },
    });
    const { decision } = onListing(aGroup(), aDecisionContext({ config: off, slot: slotAt(time) }));
    expect(decision).toEqual({
      group: aGroup().key,
      verdict: 'spare',
      reason: { code: 'no-work-day', text },
    });
  });

  test('a rate in slots draws at the weekend too, where gates alone keep a run', () => {
    const { decision } = onListing(aGroup(), aDecisionContext({ slot: slotAt('2026-11-22T10:00:00Z') }));
    expect(decision.reason.code).toBe('drawn');
  });

  test('force skips the draw, the moment and the work day', () => {
    for (const time of ['2026-11-23T09:00:00Z', '2026-11-22T10:00:00Z']) {
      for (const name of [drawn, unlucky]) {
        const context = aDecisionContext({ ...fixed, slot: slotAt(time), force: true });
        const { decision } = onListing(aGroup({ name }), context);
        expect(decision).toMatchObject({ verdict: 'strike', reason: { code: 'forced' } });
        expect(decision).not.toHaveProperty('drawn');
        expect(decision).not.toHaveProperty('due');
      }
    }
  });

  test('the day is that of the zone', () => {
    const inTokyo = aConfig({
      rate: { meanDays: 2 },
      schedule: { timeZone: 'Asia/Tokyo', from: '06:00', to: '12:00' },
    });
    const at = (time: string) =>
      onListing(aGroup(), aDecisionContext({ config: inTokyo, slot: slotAt(time) })).decision;
    // 06:00 and 11:00 on Tuesday in Tokyo.
    const [early, late] = [at('2026-11-23T21:00:00Z'), at('2026-11-24T02:00:00Z')];
    expect(early.drawn).toBe(late.drawn);
    expect(early.reason.text).toContain('for 2026-11-24');
  });

  test('guards hold as they do for any rate', () => {
    const group = aGroup({ name: drawn, desired: 4 });
    const { decision } = onListing(
      group,
      aDecisionContext({ ...fixed, slot: slotAt('2026-11-23T15:30:00Z') }),
    );
    expect(decision).toMatchObject({
      verdict: 'spare',
      reason: { code: 'group-degraded' },
      due: expect.any(String),
    });
  });
});
