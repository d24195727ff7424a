import { describe, expect, test } from 'vitest';
import { checkGuards } from '#core/guards/check-guards.ts';
import type { GuardContext, GuardEvidence, GuardOn, Need } from '#core/guards/guard.ts';
import type { Group } from '#core/model/group.ts';
import { aGuardContext } from './a-guard-context.ts';

/** What it is about, the evidence, what the guard says, and what differs from an ordinary run. */
export type Case<Evidence> = readonly [
  what: string,
  evidence: Evidence,
  saw: string,
  context?: Partial<GuardContext>,
];

export interface Cases<Evidence> {
  readonly passes: readonly Case<Evidence>[];
  readonly refuses: readonly Case<Evidence>[];
  /** What it needs is not known: it refuses, and says why. */
  readonly unknown?: readonly Case<Evidence>[];
}

/** Every guard has cases of both verdicts, and each says what it should. A guard without cases fails. */
export function guardTable<N extends Need>(
  guards: readonly GuardOn<N>[],
  table: Readonly<Record<string, Cases<GuardEvidence[N]>>>,
): void {
  test('every guard has cases, and no case is without a guard', () => {
    expect(Object.keys(table).sort()).toEqual(guards.map(({ code }) => code).sort());
  });

  describe.each(guards)('$code', (guard) => {
    const { passes = [], refuses = [], unknown = [] } = table[guard.code] ?? {};
    const check = (evidence: GuardEvidence[N], context: Partial<GuardContext> = {}) => {
      const [verdict] = checkGuards([guard], evidence, aGuardContext(context));
      return verdict;
    };

    test('has cases of both verdicts', () => {
      expect(passes.length).toBeGreaterThan(0);
      expect(refuses.length).toBeGreaterThan(0);
    });
    test.each(named(passes))('passes $what', ({ evidence, saw, context }) => {
      expect(check(evidence, context)).toEqual({ code: guard.code, passes: true, saw });
    });
    test.each(named([...refuses, ...unknown]))('refuses $what', ({ evidence, saw, context }) => {
      expect(check(evidence, context)).toEqual({ code: guard.code, passes: false, saw });
    });
    test('refuses when it throws', () => {
      const [verdict] = checkGuards([guard], hostile<GuardEvidence[N]>(), hostile<GuardContext>());
      expect(verdict).toEqual({ code: guard.code, passes: false, saw: 'could not be checked: no answer' });
    });
  });
}

/** Cases about groups, as cases about their listing. */
export function listed(
  table: Readonly<Record<string, Cases<Group>>>,
): Readonly<Record<string, Cases<GuardEvidence['listing']>>> {
  const cases = (ones: readonly Case<Group>[] = []) =>
    ones.map(([what, group, ...rest]): Case<GuardEvidence['listing']> => [what, { group }, ...rest]);
  return Object.fromEntries(
    Object.entries(table).map(([code, { passes, refuses, unknown }]) => [
      code,
      { passes: cases(passes), refuses: cases(refuses), unknown: cases(unknown) },
    ]),
  );
}

function named<Evidence>(cases: readonly Case<Evidence>[]) {
  return cases.map(([what, evidence, saw, context]) => ({ what, evidence, saw, context }));
}

/** Throws whatever it is asked. */
export function hostile<Value>(): Value {
  return new Proxy({}, { get: () => raise('no answer') }) as Value;
}

export function raise(message: string): never {
  throw new Error(message);
}
