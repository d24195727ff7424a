import type { RunRequest } from '../config/run-request.ts';
import { type Draws, dayDraws, draws } from '../draws/draw.ts';
import type { GuardContext } from '../guards/guard.ts';
import type { Kind } from '../kinds/kind.ts';
import type { FaultRegistry } from '../model/fault.ts';
import type { Slot } from '../model/slot.ts';

/** What decisions depend on besides the group itself. None of it changes during a run. */
export interface DecisionContext extends GuardContext {
  readonly faults: FaultRegistry;
  readonly kinds: readonly Kind[];
  readonly request: Pick<RunRequest, 'force' | 'fault'>;
  readonly slot: Slot;
  /** The slot's draws, for rates with a chance per slot, and its day's, for rates in days. */
  readonly draws: { readonly slot: Draws; readonly day: Draws };
}

export function makeDecisionContext({
  secret,
  ...rest
}: Omit<DecisionContext, 'draws'> & { readonly secret: string }): DecisionContext {
  return { ...rest, draws: { slot: draws(secret, rest.slot.id), day: dayDraws(secret, rest.day) } };
}
