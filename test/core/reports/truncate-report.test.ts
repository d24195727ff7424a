import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Decision } from '#core/model/decision.ts';
import type { Recovered } from '#core/model/recovery.ts';
import type { Omitted, RunReport } from '#core/reports/run-report.ts';
import { truncateForRecord, truncateReport } from '#core/reports/truncate-report.ts';
import { DoesNotFit } from '#core/util/fit-lists.ts';
import { aBroken, aDecision, aFailure, aGone, aRecovered, aReport, aStrike } from '../../support/a-report.ts';

const bytesOf = (report: RunReport) => new TextEncoder().encode(JSON.stringify(report)).length;
const kinds = ['strikes', 'recoveries', 'failures', 'decisions'] as const;
type Numbers = Record<(typeof kinds)[number], number>;

const isStrike = ({ verdict }: Decision) => verdict === 'strike';
const isSpare = ({ verdict }: Decision) => verdict === 'spare';
const isBroken = ({ recovery }: Recovered) => recovery.outcome === 'not-recovered';

/** What `report` looks like with that many of each kind left, made the plain way. */
function cutTo(report: RunReport, kept: Numbers): RunReport {
  const omitted = Object.fromEntries(
    kinds.map((kind) => [kind, report[kind].length - kept[kind] + (report.omitted?.[kind] ?? 0)]),
  ) as Numbers;
  const text = (['decisions', 'failures', 'recoveries', 'strikes'] as const)
    .filter((kind) => omitted[kind] > 0)
    .map((kind) => {
      const total = omitted[kind] + kept[kind];
      return `${omitted[kind].toLocaleString('en-US')} of ${total.toLocaleString('en-US')} ${kind}`;
    })
    .join(', ');
  const byWorth = [...report.decisions.filter(isStrike), ...report.decisions.filter(isSpare)];
  const decisions = new Set(byWorth.slice(0, kept.decisions));
  const brokenFirst = [
    ...report.recoveries.filter(isBroken),
    ...report.recoveries.filter((one) => !isBroken(one)),
  ];
  const recoveries = new Set(brokenFirst.slice(0, kept.recoveries));
  return {
    ...report,
    strikes: report.strikes.slice(0, kept.strikes),
    recoveries: report.recoveries.filter((recovered) => recoveries.has(recovered)),
    failures: report.failures.slice(0, kept.failures),
    decisions: report.decisions.filter((decision) => decisions.has(decision)),
    omitted: { ...omitted, text: `Left out to fit: ${text}. All of it is in the log.` },
  };
}

/** Every way to cut a report, the one that keeps most first. */
function allCuts(report: RunReport): readonly Numbers[] {
  const cuts: Numbers[] = [];
  const kept = {
    strikes: report.strikes.length,
    recoveries: report.recoveries.length,
    failures: report.failures.length,
    decisions: report.decisions.length,
  };
  for (const [kind, left] of [
    ['decisions', 0],
    ['failures', 0],
    ['recoveries', report.recoveries.filter(isBroken).length],
    ['strikes', 0],
    ['recoveries', 0],
  ] as const) {
    while (kept[kind] > left) {
      kept[kind] -= 1;
      cuts.push({ ...kept });
    }
  }
  return cuts;
}

// Characters of one to four bytes, those that JSON escapes, and halves of a pair.
const text = fc.string({ unit: 'binary', maxLength: 40 });
const decision = fc
  .record({
    group: text,
    verdict: fc.constantFrom('strike', 'spare'),
    text,
    drawn: fc.double({ noNaN: true }),
  })
  .map(({ group, verdict, text, drawn }) =>
    aDecision({ group, verdict, reason: { code: 'x', text }, drawn }),
  );
const strike = text.map((detail) => aStrike({ detail }));
const failure = fc.record({ message: text, group: text }).map(aFailure);
const recovered = fc
  .record({ group: text, make: fc.constantFrom(aRecovered, aBroken, aGone) })
  .map(({ group, make }) => make({ group }));
const count = fc.nat({ max: 12_000 });
const omitted: fc.Arbitrary<Omitted> = fc.record({
  decisions: count,
  strikes: count,
  recoveries: count,
  failures: count,
  text,
});
const report: fc.Arbitrary<RunReport> = fc
  .record(
    {
      strikes: fc.array(strike, { maxLength: 12 }),
      recoveries: fc.array(recovered, { maxLength: 8 }),
      failures: fc.array(failure, { maxLength: 12 }),
      decisions: fc.array(decision, { maxLength: 24 }),
      leashedBecause: text,
      omitted,
    },
    { requiredKeys: ['strikes', 'recoveries', 'failures', 'decisions'] },
  )
  .map(aReport);
/** A report, and a limit from far too small to just too large. */
const squeezed = report.chain((whole) =>
  fc.record({ whole: fc.constant(whole), maxBytes: fc.integer({ min: 0, max: bytesOf(whole) + 20 }) }),
);

describe('truncateReport', () => {
  test('is never over the limit, keeps as much as fits in order of worth, and counts the rest', () => {
    const outcomes = { whole: 0, cut: 0, refused: 0 };
    fc.assert(
      fc.property(squeezed, ({ whole, maxBytes }) => {
        if (bytesOf(whole) <= maxBytes) {
          outcomes.whole += 1;
          expect(truncateReport(whole, maxBytes, 'the log')).toBe(whole);
          return;
        }
        const best = allCuts(whole)
          .map((kept) => cutTo(whole, kept))
          .find((cut) => bytesOf(cut) <= maxBytes);
        if (best === undefined) {
          outcomes.refused += 1;
          expect(() => truncateReport(whole, maxBytes, 'the log')).toThrow(DoesNotFit);
          return;
        }
        outcomes.cut += 1;
        const fitted = truncateReport(whole, maxBytes, 'the log');
        expect(bytesOf(fitted)).toBeLessThanOrEqual(maxBytes);
        expect(fitted).toStrictEqual(best);
      }),
      { numRuns: 400 },
    );
    // Each of the three ways was taken often, or this proves little.
    expect(Math.min(...Object.values(outcomes))).toBeGreaterThan(10);
  });

  test('is exact at every limit around each cut', () => {
    const decisions = Array.from({ length: 12 }, (_, index) =>
      aDecision({ group: `g${index}`, verdict: index % 3 === 0 ? 'strike' : 'spare' }),
    );
    const whole = aReport({
      decisions,
      strikes: [aStrike(), aStrike()],
      recoveries: [aRecovered(), aBroken(), aGone(), aBroken()],
      failures: [aFailure()],
    });
    let before = bytesOf(whole);
    expect(truncateReport(whole, before, 'the log')).toBe(whole);
    for (const kept of allCuts(whole)) {
      const cut = cutTo(whole, kept);
      // The first cut may be larger than the whole: what is left out is less than the sentence about it.
      if (bytesOf(cut) >= before) continue;
      expect(truncateReport(whole, bytesOf(cut), 'the log')).toStrictEqual(cut);
      expect(truncateReport(whole, before - 1, 'the log')).toStrictEqual(cut);
      before = bytesOf(cut);
    }
    expect(() => truncateReport(whole, before - 1, 'the log')).toThrow(DoesNotFit);
  });

  test('says in one sentence what was left out and where the whole is', () => {
    const whole = aReport({
      decisions: Array.from({ length: 40_000 }, () => aDecision()),
      failures: [aFailure(), aFailure(), aFailure()],
      recoveries: [aRecovered()],
      strikes: [aStrike()],
    });
    const limit = bytesOf(cutTo(whole, { strikes: 1, recoveries: 0, failures: 0, decisions: 0 }));
    const cut = truncateReport(whole, limit, 'the log');
    expect(cut.omitted).toEqual({
      decisions: 40_000,
      failures: 3,
      recoveries: 1,
      strikes: 0,
      text: 'Left out to fit: 40,000 of 40,000 decisions, 3 of 3 failures, 1 of 1 recoveries. All of it is in the log.',
    });
    expect(cut.counts).toBe(whole.counts);
  });

  test('groups that did not recover are kept when even the strikes are gone', () => {
    const whole = aReport({
      strikes: [aStrike(), aStrike()],
      recoveries: [aRecovered(), aBroken({ group: 'one' }), aGone(), aBroken({ group: 'two' })],
    });
    const limit = bytesOf(cutTo(whole, { strikes: 0, recoveries: 2, failures: 0, decisions: 0 }));
    const cut = truncateReport(whole, limit, 'the log');
    expect(cut.strikes).toEqual([]);
    expect(cut.recoveries.map(({ group }) => group)).toEqual(['one', 'two']);
  });

  test('a report cut twice still adds up', () => {
    const whole = aReport({ decisions: Array.from({ length: 1_500 }, () => aDecision()) });
    const once = truncateReport(whole, 150_000, 'the answer');
    const twice = truncateReport(once, 50_000, 'the log');
    expect(once.decisions.length).toBeGreaterThan(twice.decisions.length);
    expect(twice.decisions.length + (twice.omitted?.decisions ?? 0)).toBe(1_500);
    expect(twice.omitted?.text).toMatch(
      /^Left out to fit: 1,\d+ of 1,500 decisions\. All of it is in the log\.$/,
    );
  });

  test('each entry is serialized once, also when all are left out', () => {
    let serialized = 0;
    const counted = <Entry extends object>(entry: Entry): Entry =>
      Object.assign(entry, {
        toJSON: () => {
          serialized += 1;
          return { text: 'x'.repeat(100) };
        },
      });
    const whole = aReport({
      strikes: Array.from({ length: 20 }, () => counted(aStrike())),
      recoveries: Array.from({ length: 10 }, () => counted(aRecovered())),
      failures: Array.from({ length: 20 }, () => counted(aFailure())),
      decisions: Array.from({ length: 500 }, () => counted(aDecision())),
    });
    for (const maxBytes of [1_000_000, 30_000, 5_000, 1_500]) {
      serialized = 0;
      truncateReport(whole, maxBytes, 'the log');
      expect(serialized).toBe(550);
    }
  });

  test.each([0, -1, Number.NaN])('a limit of %d holds nothing', (maxBytes) => {
    const error = (() => {
      try {
        return truncateReport(aReport(), maxBytes, 'the log');
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toBeInstanceOf(DoesNotFit);
    expect(error).toMatchObject({
      name: 'DoesNotFit',
      maxBytes,
      message: `the report of run 20261123T090000Z-3f9a1c2b does not fit in ${maxBytes} bytes, even without its lists`,
    });
  });
});

describe('truncateForRecord', () => {
  test('leaves room for the keys in an item of 400 KB', () => {
    const decisions = Array.from({ length: 40_000 }, () => aDecision());
    const kept = truncateForRecord(aReport({ decisions, runId: 'r' }));
    expect(bytesOf(kept)).toBeLessThanOrEqual(400_000);
    expect(bytesOf(kept)).toBeGreaterThan(399_000);
    expect(kept.omitted?.text).toContain('All of it is in the log of run r.');
  });
});
