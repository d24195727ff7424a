import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { columnsOf, cutAtFaults } from '#report-page/chart/columns.ts';

const binMs = 1_000;
const aBin = fc.record({
  good: fc.nat({ max: 9 }),
  bad: fc.nat({ max: 9 }),
  unmeasured: fc.nat({ max: 9 }),
  values: fc.option(fc.array(fc.nat({ max: 999 }), { minLength: 1, maxLength: 5 }), { nil: undefined }),
});
/** Of different seconds, in order, with gaps. */
const someBins = fc
  .uniqueArray(fc.tuple(fc.nat({ max: 5_000 }), aBin), { selector: ([second]) => second, maxLength: 80 })
  .map((bins) =>
    bins
      .toSorted(([a], [b]) => a - b)
      .map(([second, { values, ...counts }]) => ({
        ...counts,
        at: second * binMs,
        ...(values !== undefined && {
          ...{ min: Math.min(...values), max: Math.max(...values) },
          median: values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0,
        }),
      })),
  );
const most = fc.integer({ min: 2, max: 40 });
const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

describe('columnsOf', () => {
  test('loses no sample, and makes no more columns than asked for', () => {
    fc.assert(
      fc.property(someBins, most, (bins, limit) => {
        const columns = columnsOf({ bins, binMs }, limit);
        expect(columns.length).toBeLessThanOrEqual(limit);
        for (const key of ['good', 'bad', 'unmeasured'] as const) {
          expect(sum(columns.map((column) => column[key]))).toBe(sum(bins.map((bin) => bin[key])));
        }
      }),
    );
  });

  test('keeps the extremes, and the median between them', () => {
    fc.assert(
      fc.property(someBins, most, (bins, limit) => {
        const columns = columnsOf({ bins, binMs }, limit);
        const measured = bins.filter(({ min }) => min !== undefined);
        const valued = columns.filter(({ min }) => min !== undefined);
        expect(valued.length > 0).toBe(measured.length > 0);
        expect(Math.max(...valued.map(({ max = 0 }) => max))).toBe(
          Math.max(...measured.map(({ max = 0 }) => max)),
        );
        for (const { min = 0, median = -1, max = 0 } of valued) {
          expect(median).toBeGreaterThanOrEqual(min);
          expect(median).toBeLessThanOrEqual(max);
        }
      }),
    );
  });

  test('puts columns side by side', () => {
    fc.assert(
      fc.property(someBins, most, (bins, limit) => {
        const columns = columnsOf({ bins, binMs }, limit);
        for (const [index, { at, to }] of columns.entries()) {
          expect(to).toBeGreaterThan(at);
          expect(at).toBeGreaterThanOrEqual(columns[index - 1]?.to ?? at);
        }
      }),
    );
  });

  test('leaves bins as they are where there is room', () => {
    const bins = [{ at: 0, good: 1, bad: 0, unmeasured: 0, min: 1, median: 2, max: 3 }];
    expect(columnsOf({ bins, binMs }, 10)).toEqual([{ ...bins[0], to: 1_000 }]);
  });
});

describe('cutAtFaults', () => {
  const column = (at: number, bad = 0) => ({ at, to: at + 1_000, good: 5, bad, unmeasured: 0 });
  const fault = (at: number, is: 'fault' | 'injecting' = 'fault') => {
    const [from, to] = [at, at + 5_000].map((ms) => new Date(ms).toISOString());
    return { is, stage: 1, from: from ?? '', to: to ?? '' };
  };
  const spans = (
    badAt: readonly number[],
    faultAt: number,
    ...columns: readonly ReturnType<typeof column>[]
  ) =>
    cutAtFaults(columns, { badSamples: badAt.map((at) => ({ at, detail: '' })) }, [fault(faultAt)]).map(
      ({ at, to, isCut }) => `${at} ${to}${isCut ? ' cut' : ''}`,
    );

  test('lets the column that a fault begins in begin with it, and the one before last until then', () => {
    const three = [column(0), column(1_000, 2), column(2_000, 5)];
    expect(spans([1_600, 1_800], 1_600, ...three)).toEqual(['0 1600', '1600 2000 cut', '2000 3000']);
  });

  test('does so where it begins to be injected, if a sample was bad between', () => {
    const badSamples = [{ at: 1_400, detail: '' }];
    const phases = [fault(1_300, 'injecting'), fault(1_600)];
    const cut = cutAtFaults([column(0), column(1_000, 2)], { badSamples }, phases);
    expect(cut.map(({ at, to }) => [at, to])).toEqual([
      [0, 1_300],
      [1_300, 2_000],
    ]);
  });

  test('leaves it where a sample before the fault was bad, where none begins, and where nothing was before', () => {
    expect(spans([1_500], 1_600, column(0), column(1_000, 1))).toEqual(['0 1000', '1000 2000']);
    expect(spans([], 1_000, column(0), column(1_000))).toEqual(['0 1000', '1000 2000']);
    expect(spans([], 2_000, column(0), column(1_000))).toEqual(['0 1000', '1000 2000']);
    expect(spans([], 3_600, column(0), column(3_000))).toEqual(['0 1000', '3600 4000 cut']);
  });
});
