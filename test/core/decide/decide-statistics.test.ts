import { describe, expect, test } from 'vitest';
import { makeCalendar } from '#core/calendar/make-calendar.ts';
import { evaluate } from '#core/decide/evaluate.ts';
import type { LastStrike } from '#core/model/group-record.ts';
import { slotId } from '#core/model/slot.ts';
import { aConfig } from '../../support/a-config.ts';
import { aDecisionContext } from '../../support/a-decision-context.ts';
import { aGroup, aMember } from '../../support/a-group.ts';
import { aGroupRecord, aLedgerState, anInspection } from '../../support/a-guard-context.ts';
import { countsOf, unevenness } from '../../support/chi-squared.ts';

const [meanDays, minDays] = [3, 2];
const config = aConfig({ rate: { meanDays, minDays } });
const calendar = makeCalendar(config);
const zones = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'];
const members = ['1', '2', '3', '4', '5', '6'].map((id, index) =>
  aMember({ instanceId: `i-${id}`, zone: zones[index % 3] ?? '' }),
);

interface Simulated {
  /** The index of the work day. */
  readonly index: number;
  readonly day: string;
  readonly due: string;
  readonly instanceId: string;
  readonly zone: string;
}

/** All strikes of one group, decided in the last slot of each of these work days. */
function strikesOf(name: string, days: readonly string[]): readonly Simulated[] {
  const group = aGroup({ name, members });
  const inspection = anInspection(group);
  let last: LastStrike | undefined;
  return days.flatMap((day, index) => {
    const at = calendar.slots(day).at(-1) ?? 0;
    const slot = { id: slotId(at), at };
    const context = aDecisionContext({ config, calendar, slot });
    const ledger = aLedgerState({ record: { ok: true, value: aGroupRecord({ last }) } });
    const { decision, order } = evaluate(group, { ledger, inspection }, context);
    const target = order?.target;
    if (target === undefined) return [];
    last = { slot: slot.id, day, at: day };
    return [{ index, day, due: decision.due ?? '', instanceId: target.id, zone: target.facts.zone ?? '' }];
  });
}

describe('groups with a rate in days, over two years', () => {
  const days = calendar.days('2026-01-01', '2027-12-31').filter((day) => calendar.offText(day) === undefined);
  const byGroup = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'j', 'k'].map((name) => strikesOf(name, days));
  const strikes = byGroup.flat();
  const gaps = byGroup.flatMap((ofGroup) =>
    ofGroup.slice(1).map(({ index }, before) => index - (ofGroup[before]?.index ?? 0)),
  );
  const of = (names: readonly string[], pick: (strike: Simulated) => string) =>
    unevenness(countsOf(names, strikes.map(pick)));

  test('are struck as often as was asked for, within four standard errors', () => {
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    const p = 1 / (meanDays - minDays + 1);
    const deviation = Math.sqrt((1 - p) / p ** 2);
    expect(gaps.length).toBeGreaterThan(1_500);
    expect(Math.abs(mean - meanDays)).toBeLessThan((4 * deviation) / Math.sqrt(gaps.length));
  });

  test('are never struck sooner after a strike than their shortest gap, and often just then', () => {
    expect(Math.min(...gaps)).toBe(minDays);
  });

  test('each weekday is equally likely', () => {
    expect(of(['1', '2', '3', '4', '5'], ({ day }) => String(new Date(day).getUTCDay()))).toBeLessThan(1);
  });

  test('each moment from the opening to the last slot is equally likely', () => {
    // 09:00 to 15:00, in six hours and in the tens of minutes of each.
    const hours = ['09', '10', '11', '12', '13', '14'];
    expect(of(hours, ({ due }) => due.slice(11, 13))).toBeLessThan(1);
    expect(of(['0', '1', '2', '3', '4', '5'], ({ due }) => due.slice(14, 15))).toBeLessThan(1);
    expect(of(['0', '1', '2', '3', '4', '5'], ({ due }) => due.slice(17, 18))).toBeLessThan(1);
  });

  test('each instance, and each zone, is equally likely', () => {
    const ids = members.map(({ instanceId }) => instanceId);
    expect(of(ids, ({ instanceId }) => instanceId)).toBeLessThan(1);
    expect(of(zones, ({ zone }) => zone)).toBeLessThan(1);
  });

  test('groups are struck independently of each other', () => {
    // Of all days, on how many are a and b both struck?
    const [a = [], b = []] = byGroup.map((ofGroup) => ofGroup.map(({ day }) => day));
    const both = a.filter((day) => b.includes(day)).length;
    const expected = (a.length * b.length) / days.length;
    expect(Math.abs(both - expected)).toBeLessThan(4 * Math.sqrt(expected));
  });
});
