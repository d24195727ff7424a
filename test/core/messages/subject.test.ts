import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planSubject, subject } from '#core/messages/subject.ts';
import { aDay, aPlan, aPlanned } from '../../support/a-plan.ts';
import {
  aBroken,
  aFailure,
  aGone,
  aRecovered,
  aReport,
  aStrike,
  aVerification,
} from '../../support/a-report.ts';

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

  test('a run before several closed gates names each', () => {
    const gates = ['stop', 'schedule'].map((gate) => ({ gate, open: false, text: '' }));
    expect(subject(aReport({ outcome: 'closed', gates }))).toBe(
      'Chaos monkey: held back by the gate stop, schedule',
    );
  });

  test('a quiet run says so', () => {
    expect(subject(aReport())).toBe('Chaos monkey struck nothing');
  });

  test('a strike of which it is not known whether it was made is perhaps one', () => {
    const unknown = aStrike({ outcome: 'unknown' });
    expect(subject(aReport({ strikes: [unknown] }))).toBe(
      'Chaos monkey perhaps struck 1 instance in account 222222222222',
    );
    expect(subject(aReport({ strikes: [aStrike(), unknown, unknown], failures: [aFailure()] }))).toBe(
      'Chaos monkey struck 1 instance in account 222222222222, perhaps 2 more; 1 failure',
    );
  });

  test('a look after earlier strikes says who did not recover, then who did', () => {
    expect(subject(aVerification({ recoveries: [aBroken()] }))).toBe('Chaos monkey: 1 group did NOT recover');
    expect(subject(aVerification({ recoveries: [aRecovered(), aRecovered()] }))).toBe(
      'Chaos monkey: 2 groups recovered',
    );
    expect(
      subject(aVerification({ recoveries: [aRecovered(), aBroken(), aBroken()], failures: [aFailure()] })),
    ).toBe('Chaos monkey: 2 groups did NOT recover, 1 group recovered, 1 failure');
    expect(subject(aVerification({ failures: [aFailure()] }))).toBe('Chaos monkey: 1 failure');
  });

  test('one that has nothing to say says what it was', () => {
    expect(subject(aVerification())).toBe('Chaos monkey looked after earlier strikes');
    expect(subject(aVerification({ recoveries: [aGone()] }))).toBe(
      'Chaos monkey looked after earlier strikes',
    );
  });

  test('a run always names groups that did not recover, and others where it struck nothing', () => {
    const recoveries = [aRecovered(), aBroken()];
    expect(subject(aReport({ strikes: [aStrike()], recoveries, failures: [aFailure()] }))).toBe(
      'Chaos monkey struck 1 instance in account 222222222222; 1 group did NOT recover; 1 failure',
    );
    expect(subject(aReport({ recoveries }))).toBe(
      'Chaos monkey: 1 group did NOT recover, 1 group recovered, struck nothing',
    );
    const gates = [{ gate: 'stop', open: false, text: 'stopped' }];
    expect(subject(aReport({ outcome: 'closed', gates, recoveries }))).toBe(
      'Chaos monkey: 1 group did NOT recover, 1 group recovered, held back by the gate stop',
    );
    expect(subject(aReport({ mode: 'leashed', recoveries: [aBroken()] }))).toBe(
      'LEASHED: chaos monkey: 1 group did NOT recover, would have struck nothing',
    );
  });

  test('where it would be too long, the accounts are left out before anything is cut', () => {
    const strikes = [aStrike({ outcome: 'leashed' })];
    const recoveries = Array.from({ length: 12 }, () => aBroken());
    expect(subject(aReport({ mode: 'leashed', strikes, recoveries }))).toBe(
      'LEASHED: chaos monkey would have struck 1 instance; 12 groups did NOT recover',
    );
    const one = subject(aReport({ mode: 'leashed', strikes, recoveries: [aBroken()] }));
    expect(one).toBe(
      'LEASHED: chaos monkey would have struck 1 instance in account 222222222222; 1 group did NOT recover',
    );
    expect(one).toHaveLength(99);
  });

  test('does not count accounts where strikes were left out', () => {
    const omitted = { decisions: 0, strikes: 4999, recoveries: 0, failures: 0, text: 'left out' };
    expect(subject(aReport({ strikes: [aStrike()], counts: { succeeded: 5000 }, omitted }))).toBe(
      'Chaos monkey struck 5,000 instances',
    );
  });

  test('counts them where only other lists were cut', () => {
    const omitted = { decisions: 4999, strikes: 0, recoveries: 0, failures: 0, text: 'left out' };
    expect(subject(aReport({ strikes: [aStrike()], omitted }))).toBe(
      'Chaos monkey struck 1 instance in account 222222222222',
    );
  });

  test('whatever the report, it is at most 100 characters of printable ASCII', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('live' as const, 'leashed' as const),
        fc.constantFrom('done' as const, 'closed' as const),
        fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 8 }),
        fc.constantFrom('run' as const, 'verify' as const),
        fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.nat(), fc.nat()),
        (mode, outcome, names, task, [struck, failures, unknown, recovered, notRecovered]) => {
          const line = subject(
            aReport({
              task,
              mode,
              outcome,
              gates: names.map((gate) => ({ gate, open: false, text: '' })),
              strikes: names.map((account) => aStrike({ account })),
              counts: { succeeded: struck, leashed: struck, unknown, failures, recovered, notRecovered },
            }),
          );
          expect(line).toMatch(/^[A-Z][ -~]{9,99}$/);
        },
      ),
    );
  });
});

describe('planSubject', () => {
  test('says how many strikes are drawn for which day', () => {
    expect(planSubject(aPlan())).toBe('Chaos monkey: 1 strike is drawn for Mon 2026-11-23');
    expect(planSubject(aPlan({ days: [aDay({ strikes: [aPlanned(), aPlanned()], omitted: 1_200 })] }))).toBe(
      'Chaos monkey: 1,202 strikes are drawn for Mon 2026-11-23',
    );
  });

  test('says so where nothing is drawn, and first of all that the plan is leashed', () => {
    const days = [aDay({ strikes: [] })];
    expect(planSubject(aPlan({ days }))).toBe('Chaos monkey: nothing is drawn for Mon 2026-11-23');
    expect(planSubject(aPlan({ days, mode: 'leashed' }))).toBe(
      'LEASHED: chaos monkey: nothing is drawn for Mon 2026-11-23',
    );
  });

  test('names the first and the last of several days', () => {
    const days = [aDay(), aDay({ day: '2026-11-29' })];
    expect(planSubject(aPlan({ to: '2026-11-29', days }))).toBe(
      'Chaos monkey: 2 strikes are drawn for Mon 2026-11-23 to Sun 2026-11-29',
    );
  });
});
