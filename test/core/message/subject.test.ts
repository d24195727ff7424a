import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { subject } from '#core/message/subject.ts';
import { aFailure, aReport, aStrike } from '../../support/a-report.ts';

const inAccounts = (...accounts: string[]) => accounts.map((account) => aStrike({ account }));

describe('subject', () => {
  test('says how many instances were struck and where', () => {
    expect(subject(aReport({ strikes: inAccounts('222222222222') }))).toBe(
      'Chaos monkey struck 1 instance in account 222222222222',
    );
    expect(subject(aReport({ strikes: inAccounts('222222222222', '333333333333', '222222222222') }))).toBe(
      'Chaos monkey struck 3 instances in 2 accounts',
    );
  });

  test('adds failures, those of strikes among them', () => {
    const strikes = [aStrike(), aStrike({ account: '333333333333', outcome: 'failed' })];
    expect(subject(aReport({ strikes, failures: [aFailure()] }))).toBe(
      'Chaos monkey struck 1 instance in account 222222222222; 2 failures',
    );
  });

  test('failures come first where nothing was struck', () => {
    expect(subject(aReport({ failures: [aFailure()] }))).toBe('Chaos monkey: 1 failure, struck nothing');
    expect(subject(aReport({ mode: 'leashed', failures: [aFailure()] }))).toBe(
      'LEASHED: chaos monkey: 1 failure, would have struck nothing',
    );
  });

  test('a leashed run says so before anything else', () => {
    expect(subject(aReport({ mode: 'leashed', strikes: [aStrike({ outcome: 'leashed' })] }))).toBe(
      'LEASHED: chaos monkey would have struck 1 instance in account 222222222222',
    );
  });

  test('a run before a closed gate names the gate', () => {
    const gates = [
      { gate: 'stop', open: false, text: 'stopped' },
      { gate: 'schedule', open: true, text: 'inside' },
    ];
    expect(subject(aReport({ outcome: 'closed', gates }))).toBe('Chaos monkey: held back by the gate stop');
    expect(subject(aReport({ outcome: 'closed', gates, failures: [aFailure()] }))).toBe(
      'Chaos monkey: 1 failure, held back by the gate stop',
    );
  });

  test('a quiet run says so', () => {
    expect(subject(aReport())).toBe('Chaos monkey struck nothing');
  });

  test('does not count accounts where strikes were left out', () => {
    const omitted = { decisions: 0, strikes: 4999, failures: 0, text: 'left out' };
    expect(subject(aReport({ strikes: [aStrike()], counts: { succeeded: 5000 }, omitted }))).toBe(
      'Chaos monkey struck 5,000 instances',
    );
  });

  test('whatever the report, it is at most 100 characters of printable ASCII', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('live' as const, 'leashed' as const),
        fc.constantFrom('done' as const, 'closed' as const),
        fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 8 }),
        fc.nat(),
        fc.nat(),
        (mode, outcome, names, struck, failures) => {
          const line = subject(
            aReport({
              mode,
              outcome,
              gates: names.map((gate) => ({ gate, open: false, text: '' })),
              strikes: names.map((account) => aStrike({ account })),
              counts: { succeeded: struck, leashed: struck, failures },
            }),
          );
          expect(line).toMatch(/^[A-Z][ -~]{9,99}$/);
        },
      ),
    );
  });
});
