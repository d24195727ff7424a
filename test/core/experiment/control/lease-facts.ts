import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { testSeed } from '../../../support/test-seed.ts';
import { type History, playHistory } from './a-mortal-experiment.ts';

const minuteMs = 60_000;
const calm: History = { takes: { resolve: 0, strike: 0, undo: 0 }, pauseMs: 0, janitorAt: 0 };
/** A call of the method may take a minute. */
const someMs = fc.nat(58_000);

/** In the middle of the first stage's fault. */
const struckMs = 40_000;

/** In one of two histories. */
const maybe = <Value>(one: fc.Arbitrary<Value>) => fc.oneof(fc.constant(undefined), one);

const aHistory: fc.Arbitrary<History> = fc.record({
  death: maybe(
    fc.record({ call: fc.nat(900), is: fc.constantFrom('dies before' as const, 'dies after' as const) }),
  ),
  freeze: maybe(fc.record({ at: fc.nat(6 * minuteMs), ms: fc.nat(5 * minuteMs) })),
  stop: maybe(
    fc.record({
      at: fc.nat(5 * minuteMs),
      of: fc.constantFrom('experiment' as const, 'everything' as const),
    }),
  ),
  takes: fc.record({ resolve: someMs, strike: someMs, undo: someMs }),
  pauseMs: fc.constantFrom(0, 20_000, 4 * minuteMs),
  janitorAt: fc.nat(minuteMs),
});

export function leaseFacts({ numRuns }: { readonly numRuns: number }): void {
  describe('an experiment, and the janitor beside it', () => {
    test('come to an end that both agree on, where nothing happens', async () => {
      const { broken, report, record } = await playHistory(calm);
      expect(broken).toEqual([]);
      expect(report?.verdict.is).toBe('survived');
      expect(record?.ended?.verdict).toBe('survived');
    });

    test('end it together once an alarm goes off that is a stop condition, which the engine cannot read', async () => {
      const { broken, report, record, undoneByAlarmAt } = await playHistory({
        ...calm,
        alarm: { at: struckMs },
      });
      expect(broken).toEqual([]);
      const by =
        'stop by stop condition checkout-burning: alarm checkout went off at 2026-11-23T09:00:40.000Z';
      expect(report?.verdict).toMatchObject({ is: 'aborted', why: by });
      expect(record?.ended).toMatchObject({ verdict: 'aborted', why: by });
      expect(undoneByAlarmAt).toBe(struckMs);
    });

    test('leave nothing in place after such an alarm, though the engine is dead', async () => {
      const { broken, report, record, undoneByAlarmAt } = await playHistory({
        ...{ ...calm, alarm: { at: struckMs } },
        death: { at: struckMs - 5_000, is: 'dies before' },
      });
      expect(broken).toEqual([]);
      expect(report).toBeUndefined();
      // Its lease holds for more than a minute still.
      expect(undoneByAlarmAt).toBe(struckMs);
      expect(record?.stop?.by).toBe('stop condition checkout-burning');
      expect(record?.ended).toMatchObject({ verdict: 'failed' });
    });

    test('leave nothing in place and take nothing away, whoever dies, freezes or stops it, and whenever', async () => {
      await fc.assert(
        fc.asyncProperty(aHistory, async (history) => {
          const { broken, report, wasTakenOver } = await playHistory(history);
          expect(broken).toEqual([]);
          // What the janitor took away was not there to be survived.
          if (wasTakenOver) expect(['failed', 'aborted']).toContain(report?.verdict.is ?? 'failed');
          const { death, freeze, stop } = history;
          if (death === undefined && freeze === undefined && stop === undefined) {
            expect(report?.verdict.is).toBe('survived');
          }
        }),
        { seed: testSeed(), numRuns },
      );
    });
  });
}
