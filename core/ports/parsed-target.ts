import type { Target, TargetKind } from '../model/target.ts';
import { UnknownKind } from './kind.ts';

/** A target with its facts as its kind knows them: one from the ledger may be another version's. */
export function parsedTarget(target: Target, kinds: readonly Pick<TargetKind, 'kind' | 'facts'>[]): Target {
  const kind = kinds.find((one) => one.kind === target.kind);
  if (kind === undefined) throw new UnknownKind(`this version does not know targets of kind ${target.kind}`);
  return { ...target, facts: kind.facts.parse(target.facts) };
}
