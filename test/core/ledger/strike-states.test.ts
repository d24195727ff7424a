import { describe, expect, test } from 'vitest';
import {
  isOpen,
  isRepeated,
  isUnsettled,
  isWaiting,
  notUnsettled,
  notWaiting,
  oldestFirst,
  plannedStrike,
} from '#core/ledger/strike-states.ts';
import { StrikeConflict, type StrikeEntry } from '#core/model/strike.ts';
import { aClaim, aRecovery, aStrikeEntry } from '../../support/a-claim.ts';

describe('a strike', () => {
  test.each<[StrikeEntry['state'], ...(readonly ('unsettled' | 'waiting')[])]>([
    ['planned', 'unsettled'],
    ['striking', 'unsettled'],
    ['succeeded', 'waiting'],
    ['unknown', 'unsettled', 'waiting'],
    ['failed'],
  ])('that is %s is %s %s, and closed it is neither', (state, ...is) => {
    const open = aStrikeEntry({ state });
    expect(isUnsettled(open)).toBe(is.includes('unsettled'));
    expect(isWaiting(open)).toBe(is.includes('waiting'));
    expect(isOpen(open)).toBe(is.length > 0);
    const closed = { ...open, recovery: aRecovery() };
    expect([isUnsettled(closed), isWaiting(closed), isOpen(closed)]).toEqual([false, false, false]);
  });

  test('begins planned, with nothing to say', () => {
    const claim = aClaim();
    expect(plannedStrike(claim)).toEqual({ ...claim, state: 'planned', detail: '', recovery: undefined });
  });

  test.each([
    ['its own run, before AWS was asked', {}, true],
    ['its own run, when AWS may have been asked', { state: 'striking' }, false],
    ['its own run, when it has failed', { state: 'failed' }, false],
    ['another run', { runId: 'other' }, false],
    ['another run, when AWS may have been asked', { runId: 'other', state: 'striking' }, false],
  ] satisfies [string, Partial<StrikeEntry>, boolean][])('claimed again by %s', (_, record, repeated) => {
    expect(isRepeated(aClaim(), aStrikeEntry(record))).toBe(repeated);
  });

  test.each([
    [notUnsettled, 'run r has no unsettled strike: g in slot s'],
    [notWaiting, 'run r has no strike waiting for recovery: g in slot s'],
  ])('that does not stand is named: %s', (made, message) => {
    expect(made({ slot: 's', group: 'g', runId: 'r' })).toEqual(new StrikeConflict(message));
  });
});

describe('oldestFirst', () => {
  const at = (second: number, rest: Partial<StrikeEntry> = {}) =>
    aStrikeEntry({ at: `2026-11-23T09:00:0${second}.000Z`, ...rest });

  test.each([
    ['by time', at(1, { group: 'b' }), at(2, { group: 'a' })],
    ['at one moment by group', at(1, { group: 'a' }), at(1, { group: 'b' })],
    ['in one group by slot', at(1, { slot: '2026-11-23T08:00:00Z' }), at(1)],
  ])('orders %s', (_, first, second) => {
    expect(oldestFirst(first, second)).toBeLessThan(0);
    expect(oldestFirst(second, first)).toBeGreaterThan(0);
    expect(oldestFirst(first, { ...first })).toBe(0);
  });
});
