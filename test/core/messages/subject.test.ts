import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planSubject, subject } from '#core/messages/subject.ts';
import type { Strike } from '#core/reports/run-report.ts';
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
import { aTarget } from '../../support/a-target.ts';

const strike = aStrike();
const elsewhere = aStrike({ target: aTarget({ account: '333333333333' }) });
const [failed, unknown, rehearsed] = (['failed', 'unknown', 'leashed'] as const).map((outcome) =>
  aStrike({ outcome }),
) as [Strike, Strike, Strike];
const [broken, recovered, failures] = [aBroken(), aRecovered(), [aFailure()]];
const gates = ['stop', 'schedule', 'freeze'].map((gate, index) => ({ gate, open: index === 1, text: '' }));
const closed = { outcome: 'closed', gates } as const;
const leashed = { mode: 'leashed' } as const;

describe('subject', () => {
  test.each([
    [' struck nothing', {}],
    [' struck 1 target in account 222222222222', { strikes: [strike] }],
    [' struck 3 targets in 2 accounts', { strikes: [strike, elsewhere, strike] }],
    // The account of one that failed is not one in which something was struck.
    [
      ' struck 1 target in account 222222222222; 2 failures',
      {
        strikes: [strike, aStrike({ target: aTarget({ account: '333333333333' }), outcome: 'failed' })],
        failures,
      },
    ],
    [' perhaps struck 1 target in account 222222222222', { strikes: [unknown] }],
    [
      ' struck 1 target in account 222222222222, perhaps 2 more; 1 failure',
      { strikes: [strike, unknown, unknown], failures },
    ],
    [
      ' struck 1 target in account 222222222222; 1 group did NOT recover; 1 failure',
      { strikes: [strike], recoveries: [recovered, broken], failures },
    ],
    [': 1 failure, struck nothing', { strikes: [failed] }],
    [': 1 group did NOT recover, 1 group recovered, struck nothing', { recoveries: [recovered, broken] }],
    [': held back by the gate stop, freeze', closed],
    [': 1 failure, held back by the gate stop, freeze', { ...closed, failures }],
    [': 1 group did NOT recover, held back by the gate stop, freeze', { ...closed, recoveries: [broken] }],
  ])('of a live run: Chaos monkey%s', (text, report) => {
    expect(subject(aReport(report))).toBe(`Chaos monkey${text}`);
  });

  test.each([
    [' would have struck nothing', {}],
    [' would have struck 1 target in account 222222222222', { strikes: [rehearsed] }],
    [': 1 failure, would have struck nothing', { failures }],
    [': 1 group did NOT recover, would have struck nothing', { recoveries: [broken] }],
  ])('of a leashed run: LEASHED: chaos monkey%s', (text, report) => {
    expect(subject(aReport({ ...leashed, ...report }))).toBe(`LEASHED: chaos monkey${text}`);
  });

  test.each([
    [' verified earlier strikes', { recoveries: [aGone()] }],
    [': 2 groups recovered', { recoveries: [recovered, recovered] }],
    [': 1 failure', { failures }],
    [
      ': 2 groups did NOT recover, 1 group recovered, 1 failure',
      { recoveries: [recovered, broken, broken], failures },
    ],
  ])('of a verification: Chaos monkey%s', (text, report) => {
    expect(subject(aVerification(report))).toBe(`Chaos monkey${text}`);
  });

  test('where it would be too long, the accounts are left out before anything is cut', () => {
    const strikes = [aStrike({ outcome: 'leashed' })];
    const recoveries = Array.from({ length: 100 }, () => aBroken());
    expect(subject(aReport({ mode: 'leashed', strikes, recoveries }))).toBe(
      'LEASHED: chaos monkey would have struck 1 target; 100 groups did NOT recover',
    );
    const one = subject(aReport({ mode: 'leashed', strikes, recoveries: recoveries.slice(0, 10) }));
    expect(one).toBe(
      'LEASHED: chaos monkey would have struck 1 target in account 222222222222; 10 groups did NOT recover',
    );
    expect(one).toHaveLength(99);
  });

  test('does not count accounts where strikes were left out', () => {
    const omitted = { decisions: 0, strikes: 4999, recoveries: 0, failures: 0, text: 'left out' };
    expect(subject(aReport({ strikes: [aStrike()], counts: { succeeded: 5000 }, omitted }))).toBe(
      'Chaos monkey struck 5,000 targets',
    );
  });

  test('counts them where only other lists were cut', () => {
    const omitted = { decisions: 4999, strikes: 0, recoveries: 0, failures: 0, text: 'left out' };
    expect(subject(aReport({ strikes: [aStrike()], omitted }))).toBe(
      'Chaos monkey struck 1 target in account 222222222222',
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
              strikes: names.map((account) => aStrike({ target: aTarget({ account }) })),
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
