import { describe, expect, test } from 'vitest';
import type { GuardContext, Verdict } from '#core/guards/guard.ts';
import { verdictsOf } from '#core/guards/verdicts.ts';
import { aGuardContext } from '../../support/a-guard-context.ts';

interface Guard<Subject> {
  readonly code: string;
  check(subject: Subject, context: GuardContext): Verdict;
}

/** What it is about, what it is asked about, what it says, and what differs from an ordinary run. */
export type Case<Subject> = readonly [
  what: string,
  subject: Subject,
  saw: string,
  context?: Partial<GuardContext>,
];

export interface Cases<Subject> {
  readonly passes: readonly Case<Subject>[];
  readonly refuses: readonly Case<Subject>[];
  /** What it needs is not known: it refuses, and says why. */
  readonly unknown?: readonly Case<Subject>[];
}

/** Every guard has cases of both verdicts, and each says what it should. A guard without cases fails. */
export function guardTable<Subject>(
  guards: readonly Guard<Subject>[],
  table: Readonly<Record<string, Cases<Subject>>>,
): void {
  test('every guard has cases, and no case is without a guard', () => {
    expect(Object.keys(table).sort()).toEqual(guards.map(({ code }) => code).sort());
  });

  describe.each(guards)('$code', (guard) => {
    const { passes = [], refuses = [], unknown = [] } = table[guard.code] ?? {};
    const check = (subject: Subject, context: Partial<GuardContext> = {}) => {
      const [verdict] = verdictsOf([guard], subject, aGuardContext(context));
      return verdict;
    };

    test('has cases of both verdicts', () => {
      expect(passes.length).toBeGreaterThan(0);
      expect(refuses.length).toBeGreaterThan(0);
    });
    test.each(named(passes))('passes $what', ({ subject, saw, context }) => {
      expect(check(subject, context)).toEqual({ code: guard.code, passes: true, saw });
    });
    test.each(named([...refuses, ...unknown]))('refuses $what', ({ subject, saw, context }) => {
      expect(check(subject, context)).toEqual({ code: guard.code, passes: false, saw });
    });
    test('refuses when it throws', () => {
      const [verdict] = verdictsOf([guard], hostile<Subject>(), hostile<GuardContext>());
      expect(verdict).toEqual({ code: guard.code, passes: false, saw: 'could not be checked: no answer' });
    });
  });
}

function named<Subject>(cases: readonly Case<Subject>[]) {
  return cases.map(([what, subject, saw, context]) => ({ what, subject, saw, context }));
}

/** Throws whatever it is asked. */
export function hostile<Value>(): Value {
  return new Proxy({}, { get: () => raise('no answer') }) as Value;
}

export function raise(message: string): never {
  throw new Error(message);
}
