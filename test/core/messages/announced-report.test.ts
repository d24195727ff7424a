import { describe, expect, test } from 'vitest';
import { isWorthAnnouncing, outcomes } from '#core/messages/announced-report.ts';
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

describe('isWorthAnnouncing', () => {
  test('strikes, would-be strikes and failures are worth telling', () => {
    expect(isWorthAnnouncing(aReport({ strikes: [aStrike()] }))).toBe(true);
    expect(isWorthAnnouncing(aReport({ mode: 'leashed', strikes: [aStrike({ outcome: 'leashed' })] }))).toBe(
      true,
    );
    expect(isWorthAnnouncing(aReport({ strikes: [aStrike({ outcome: 'failed' })] }))).toBe(true);
    expect(isWorthAnnouncing(aReport({ failures: [aFailure()] }))).toBe(true);
  });

  test('failures that people have heard of are not; what is beside them is', () => {
    const failures = [aFailure(), aFailure()];
    expect(isWorthAnnouncing(aReport({ failures }), 2)).toBe(false);
    expect(isWorthAnnouncing(aReport({ failures }), 1)).toBe(true);
    expect(isWorthAnnouncing(aReport({ failures, strikes: [aStrike({ outcome: 'failed' })] }), 2)).toBe(true);
    expect(outcomes(aReport({ failures, strikes: [aStrike()] }), 2)).toEqual(['strike']);
  });

  test('a strike of which it is not known whether it was made is', () => {
    expect(isWorthAnnouncing(aReport({ strikes: [aStrike({ outcome: 'unknown' })] }))).toBe(true);
  });

  test('recoveries are, and still more what did not recover', () => {
    expect(isWorthAnnouncing(aVerification({ recoveries: [aRecovered()] }))).toBe(true);
    expect(isWorthAnnouncing(aReport({ recoveries: [aBroken()] }))).toBe(true);
  });

  test('a group that is gone is not, nor a look that found nothing', () => {
    expect(isWorthAnnouncing(aVerification({ recoveries: [aGone()] }))).toBe(false);
    expect(isWorthAnnouncing(aVerification())).toBe(false);
  });

  test('a run that spared every group is not', () => {
    expect(isWorthAnnouncing(aReport({ decisions: [aDecision()] }))).toBe(false);
  });

  test('a closed gate is not, unless something failed as well', () => {
    const gates = [{ gate: 'schedule', open: false, text: 'it is Sunday' }];
    expect(isWorthAnnouncing(aReport({ outcome: 'closed', gates }))).toBe(false);
    expect(
      isWorthAnnouncing(aReport({ outcome: 'closed', gates, failures: [aFailure({ stage: 'control' })] })),
    ).toBe(true);
  });

  test('a report whose lists were cut to nothing still speaks by its counts', () => {
    expect(isWorthAnnouncing(aReport({ counts: { succeeded: 3 } }))).toBe(true);
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
