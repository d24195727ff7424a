import { describe, expect, test } from 'vitest';
import { RunReport } from '#core/reports/run-report.ts';
import { parse } from '#core/util/parse.ts';
import { aReport } from '../../support/a-report.ts';
import { mistakesIn } from '../../support/mistakes-in.ts';

describe('RunReport', () => {
  test('names what is missing or wrong by its path', () => {
    const { runId: _, ...rest } = aReport();
    const mistaken = { ...rest, counts: { ...rest.counts, groups: -1 } };
    expect(mistakesIn(() => parse(RunReport, mistaken, 'the answer'))).toEqual(['runId', 'counts.groups']);
  });

  test('reads one of a newer version as far as it is known here', () => {
    expect(parse(RunReport, { ...aReport(), schemaVersion: 3 }, 'the answer')).toEqual(aReport());
  });
});
