import { type DecisionContext, makeDecisionContext } from '#core/decide/decision-context.ts';
import type { GuardContext } from '#core/guards/guard.ts';
import type { ChosenFault } from '#core/model/fault.ts';
import type { Slot } from '#core/model/slot.ts';
import { faults } from '#faults/registry.ts';
import { kinds } from '#wiring/kinds.ts';
import { aGuardContext } from './a-guard-context.ts';

/** Of an unforced run of Monday's first slot, at its moment, unless told otherwise. The day is that of the slot. */
export function aDecisionContext(
  overrides: Partial<GuardContext> & {
    readonly slot?: Slot;
    readonly secret?: string;
    readonly force?: boolean;
    readonly fault?: ChosenFault;
  } = {},
): DecisionContext {
  const {
    slot = slotAt('2026-11-23T09:00:00Z'),
    secret = 'secret',
    force = false,
    fault,
    ...rest
  } = overrides;
  const context = aGuardContext({ now: slot.at, ...rest });
  return makeDecisionContext({ ...context, faults, kinds, request: { force, fault }, slot, secret });
}

/** A slot of the schedule: `2026-11-23T09:00:00Z`. */
export function slotAt(time: string): Slot {
  return { id: time, at: Date.parse(time) };
}
