import { describe, expect, test } from 'vitest';
import { outcomes, worthTelling } from '#core/message/worth-telling.ts';
import { aDecision, aFailure, aReport, aStrike } from '../../support/a-report.ts';

describe('worthTelling', () => {
  test('strikes, would-be strikes and failures are worth telling', () => {
    expect(worthTelling(aReport({ strikes: [aStrike()] }))).toBe(true);
    expect(worthTelling(aReport({ mode: 'leashed', strikes: [aStrike({ outcome: 'leashed' })] }))).toBe(true);
    expect(worthTelling(aReport({ strikes: [aStrike({ outcome: 'failed' })] }))).toBe(true);
    expect(worthTelling(aReport({ failures: [aFailure()] }))).toBe(true);
  });

  test('a run that spared every group is not', () => {
    expect(worthTelling(aReport({ decisions: [aDecision()] }))).toBe(false);
  });

  test('a closed gate is not, unless something failed as well', () => {
    const gates = [{ gate: 'schedule', open: false, text: 'it is Sunday' }];
    expect(worthTelling(aReport({ outcome: 'closed', gates }))).toBe(false);
    expect(
      worthTelling(aReport({ outcome: 'closed', gates, failures: [aFailure({ stage: 'control' })] })),
    ).toBe(true);
  });

  test('a report whose lists were cut to nothing still speaks by its counts', () => {
    expect(worthTelling(aReport({ counts: { succeeded: 3 } }))).toBe(true);
  });
});

describe('outcomes', () => {
  test('names strikes and failures, both when there are both', () => {
    expect(outcomes(aReport())).toEqual([]);
    expect(outcomes(aReport({ strikes: [aStrike()] }))).toEqual(['strike']);
    expect(outcomes(aReport({ strikes: [aStrike({ outcome: 'failed' })] }))).toEqual(['failure']);
    expect(outcomes(aReport({ strikes: [aStrike()], failures: [aFailure()] }))).toEqual([
      'strike',
      'failure',
    ]);
  });
});
