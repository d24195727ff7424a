import { describe, expect, test } from 'vitest';
import { deriveVerdict } from '#cli/render/verdict.ts';
import { aGuardVerdict, anExplanation } from '../../support/an-explanation.ts';

const refused = (code: string, targetId?: string) =>
  aGuardVerdict({ code, passes: false, saw: `${code} saw`, ...(targetId !== undefined && { targetId }) });
const spared = (parts: Parameters<typeof anExplanation>[0]) => deriveVerdict(anExplanation(parts)).against;

describe('deriveVerdict', () => {
  test('finds nothing against a group that passes everything, and lists the eligible instances', () => {
    expect(deriveVerdict(anExplanation())).toEqual({
      against: [],
      onlyTheDraw: false,
      eligible: ['i-a', 'i-b'],
    });
  });

  test('names a closed gate, the guards and the draw, in this order', () => {
    expect(
      spared({
        gates: [
          { gate: 'stop', open: true, text: 'no stop is set' },
          { gate: 'freeze', open: false, text: 'frozen' },
        ],
        guards: [
          aGuardVerdict(),
          refused('cooldown'),
          refused('budget-exhausted'),
          aGuardVerdict({ targetId: 'i-a' }),
        ],
        draws: [{ slot: undefined, strikes: false, text: 'drew 0.9' }],
      }),
    ).toEqual([
      'gate freeze: frozen',
      'cooldown: cooldown saw',
      'budget-exhausted: budget-exhausted saw',
      'not drawn: drew 0.9',
    ]);
  });

  test('requires an instance that no guard spares', () => {
    const guards = [refused('sole-in-zone', 'i-a'), aGuardVerdict({ targetId: 'i-a' })];
    expect(spared({ guards: [...guards, aGuardVerdict({ targetId: 'i-b' })] })).toEqual([]);
    expect(spared({ guards })).toEqual(['no target is eligible: 1 target spared, i-a: sole-in-zone saw']);
    expect(spared({ guards: [aGuardVerdict()] })).toEqual(['it could not be inspected']);
  });

  test('uses the draw of the current slot, with one per slot', () => {
    const draws = (...strikes: readonly boolean[]) =>
      strikes.map((strikes, index) => ({
        slot: `2026-11-23T${9 + index}:00:00Z`.replace('T9', 'T09'),
        strikes,
        text: 'drew',
      }));
    expect(spared({ draws: draws(false, true, false) })).toEqual([]);
    expect(spared({ draws: draws(true, false, true) })).toEqual(['not drawn: drew']);
    expect(spared({ at: '2026-11-23T08:00:00.000Z', draws: draws(true, true) })).toEqual([
      'its first draw of the day is in slot 2026-11-23T09:00:00Z',
    ]);
    expect(spared({ draws: [], rate: 'chaos:probability="often"' })).toEqual([
      'no draw: chaos:probability="often"',
    ]);
  });

  test("uses the day's drawn slot, with one per day", () => {
    const drawn = (slot: string) => [{ slot, strikes: true, text: 'drew' }];
    expect(spared({ draws: drawn('2026-11-23T10:00:00Z') })).toEqual([]);
    expect(spared({ draws: drawn('2026-11-23T11:00:00Z') })).toEqual([
      'drawn for slot 2026-11-23T11:00:00Z, which is still ahead',
    ]);
  });

  test('says whether only the draw spares it, which --force skips', () => {
    const draws = [{ slot: undefined, strikes: false, text: 'drew' }];
    expect(deriveVerdict(anExplanation({ draws })).onlyTheDraw).toBe(true);
    const guards = [refused('cooldown'), aGuardVerdict({ targetId: 'i-a' })];
    expect(deriveVerdict(anExplanation({ draws, guards })).onlyTheDraw).toBe(false);
  });
});
