import { spareGroup } from '../decide/spare-group.ts';
import type { Decision } from '../model/decision.ts';
import type { Failure } from '../model/failure.ts';
import type { Order } from '../model/strike.ts';
import type { World } from '../ports/world.ts';
import type { Strike } from '../reports/run-report.ts';

/** The results for drawn groups: a decision for each, and the strikes that were made. */
export interface StrikeResults {
  readonly decisions: readonly Decision[];
  readonly strikes: readonly Strike[];
  readonly failures: readonly Failure[];
}

export const noResults: StrikeResults = { decisions: [], strikes: [], failures: [] };

export function mergeResults(parts: readonly StrikeResults[]): StrikeResults {
  return {
    decisions: parts.flatMap(({ decisions }) => decisions),
    strikes: parts.flatMap(({ strikes }) => strikes),
    failures: parts.flatMap(({ failures }) => failures),
  };
}

export function allSpared(
  ones: readonly { readonly decision: Decision }[],
  code: string,
  text: string,
): StrikeResults {
  return { ...noResults, decisions: ones.map(({ decision }) => spareGroup(decision, { code, text })) };
}

/** Logs as it happens, as a run may die at any moment. Failures are logged with the report. */
export function logged(struck: StrikeResults, { journal }: Pick<World, 'journal'>): StrikeResults {
  for (const decision of struck.decisions) journal.decided(decision);
  for (const strike of struck.strikes) journal.struck(strike);
  return struck;
}

export function makeStrike(
  { target, fault }: Order,
  { outcome, detail }: Pick<Strike, 'outcome' | 'detail'>,
): Strike {
  return { group: target.group, target, fault, outcome, detail };
}
