import { describe, expect, test } from 'vitest';
import { outcomes, worthTelling } from '#core/messages/notable.ts';
import {
  aBroken,
  aDecision,
  aFailure,
  aGone,
  aRecovered,
  aReport,
  aStrike,
  aVerification,
} from '../../support/a-report.ts';

describe('worthTelling', () => {
  test('strikes, would-be strikes and failures are worth telling', () => {
    expect(worthTelling(aReport({ strikes: [aStrike()] }))).toBe(true);
    expect(worthTelling(aReport({ mode: 'leashed', strikes: [aStrike({ outcome: 'leashed' })] }))).toBe(true);
    expect(worthTelling(aReport({ strikes: [aStrike({ outcome: 'failed' })] }))).toBe(true);
    expect(worthTelling(aReport({ failures: [aFailure()] }))).toBe(true);
  });

  test('failures that people have heard of are not; what is beside them is', () => {
    const failures = [aFailure(), aFailure()];
    expect(worthTelling(aReport({ failures }), 2)).toBe(false);
    expect(worthTelling(aReport({ failures }), 1)).toBe(true);
    expect(worthTelling(aReport({ failures, strikes: [aStrike({ outcome: 'failed' })] }), 2)).toBe(true);
    expect(outcomes(aReport({ failures, strikes: [aStrike()] }), 2)).toEqual(['strike']);
  });

  test('a strike of which it is not known whether it was made is', () => {
    expect(worthTelling(aReport({ strikes: [aStrike({ outcome: 'unknown' })] }))).toBe(true);
  });

  test('recoveries are, and still more what did not recover', () => {
    expect(worthTelling(aVerification({ recoveries: [aRecovered()] }))).toBe(true);
    expect(worthTelling(aReport({ recoveries: [aBroken()] }))).toBe(true);
  });

  test('a group that is gone is not, nor a look that found nothing', () => {
    expect(worthTelling(aVerification({ recoveries: [aGone()] }))).toBe(false);
    expect(worthTelling(aVerification())).toBe(false);
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
  test('names all that there is', () => {
    expect(outcomes(aReport())).toEqual([]);
    expect(outcomes(aReport({ strikes: [aStrike()] }))).toEqual(['strike']);
    expect(outcomes(aReport({ strikes: [aStrike({ outcome: 'failed' })] }))).toEqual(['failure']);
    expect(outcomes(aReport({ strikes: [aStrike()], failures: [aFailure()] }))).toEqual([
      'strike',
      'failure',
    ]);
    expect(outcomes(aReport({ strikes: [aStrike({ outcome: 'unknown' })] }))).toEqual(['strike']);
    const recoveries = [aRecovered(), aBroken(), aGone()];
    expect(outcomes(aVerification({ recoveries }))).toEqual(['recovery', 'not-recovered']);
    expect(outcomes(aReport({ strikes: [aStrike()], recoveries, failures: [aFailure()] }))).toEqual([
      'strike',
      'failure',
      'recovery',
      'not-recovered',
    ]);
  });
});
