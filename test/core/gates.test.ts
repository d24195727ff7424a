import { describe, expect, test } from 'vitest';
import type { GateContext } from '#core/gates/gate.ts';
import { checkGates } from '#core/gates/index.ts';
import { aConfig } from '../support/a-config.ts';

const monday = Date.parse('2026-11-23T09:00:00Z');
const stopped = { reason: 'sale', by: 'arn:aws:iam::111111111111:user/ann', at: '2026-11-22T20:00:00.000Z' };

function check(overrides: Partial<GateContext>, mode: 'live' | 'leashed' = 'live') {
  return checkGates(
    {
      config: aConfig(),
      slot: { id: '2026-11-23T09:00:00Z', at: monday },
      now: monday,
      stop: undefined,
      ...overrides,
    },
    mode,
  );
}

const textOf = (overrides: Partial<GateContext>, gate: string) =>
  check(overrides).verdicts.find((verdict) => verdict.gate === gate)?.text;

describe('checkGates', () => {
  test('are all open on a workday morning without a stop', () => {
    expect(check({})).toEqual({
      closed: false,
      verdicts: [
        { gate: 'stop', open: true, text: 'no stop is set' },
        { gate: 'schedule', open: true, text: expect.stringContaining('09:00-16:00 UTC') },
      ],
    });
  });

  test('a stop ends a live run and a leashed one, and says who set it and how to lift it', () => {
    expect(check({ stop: stopped }, 'live').closed).toBe(true);
    expect(check({ stop: stopped }, 'leashed').closed).toBe(true);
    expect(textOf({ stop: stopped }, 'stop')).toBe(
      'stopped by arn:aws:iam::111111111111:user/ann at 2026-11-22T20:00:00.000Z: sale. Lift it with: npx chaos resume',
    );
  });

  test('a ledger that cannot be read is a stop', () => {
    expect(check({ stop: 'unknown' }, 'live').closed).toBe(true);
    expect(check({ stop: 'unknown' }, 'leashed').closed).toBe(true);
  });

  const minutes = (count: number) => monday + count * 60_000;
  test.each([
    ['on a Sunday', { now: monday - 86_400_000 }, true],
    ['before the window opens', { now: monday - 1 }, true],
    ['59 minutes late', { now: minutes(59) }, false],
    ['61 minutes late, within the clocks’ tolerance', { now: minutes(61) - 1 }, false],
    ['when the next slot has taken its place', { now: minutes(61) }, true],
    ['for a slot that is still to come', { slot: { id: 'later', at: minutes(2) } }, true],
    ['for a slot within the clocks’ tolerance', { slot: { id: 'soon', at: minutes(1) } }, false],
    ['for a slot just before the window', { slot: { id: 'early', at: monday - 1 } }, true],
  ])('a live run %s', (_, overrides, closed) => {
    expect(check(overrides, 'live').closed).toBe(closed);
  });

  test('a leashed run outside the window goes on, and its report says that a live one would not have', () => {
    const outside = check({ now: monday - 86_400_000 }, 'leashed');
    expect(outside.closed).toBe(false);
    expect(outside.verdicts).toContainEqual({
      gate: 'schedule',
      open: false,
      text: 'it is Sun 2026-11-22 09:00 UTC, outside the window mon, tue, wed, thu, fri 09:00-16:00 UTC',
    });
  });
});
