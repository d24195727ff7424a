import type { LastingFault } from '../model/fault.ts';
import type { Prepared, StrikeRef } from '../model/lasting.ts';
import type { Claim } from '../model/strike.ts';
import type { Target } from '../model/target.ts';
import { type SelfExpiry, type UndoEntry, undoIdOf } from '../model/undo-entry.ts';
import { commandsByHand } from '../model/undo-schedules.ts';

/** After its deadline the normal undo has this long before the schedule in the target's account steps in. */
const scheduleGraceMs = 10 * 60_000;

/** A claim that was not followed by its injection within this time is given up. */
const injectWithinMs = 60_000;

/** What a claim reserves for a fault that lasts: the entry as it is before anything is done. */
export function reserveUndo(
  claim: Omit<Claim, 'undo'>,
  fault: LastingFault,
  { saved, locks, hits }: Prepared<unknown>,
  { role, durationMs }: Pick<UndoEntry, 'role' | 'durationMs'>,
): UndoEntry {
  const { slot, group, runId, target, abandonedAfter } = claim;
  const now = Date.parse(claim.at);
  const strike = {
    id: undoIdOf(claim),
    deadline: new Date(now + durationMs).toISOString(),
    notAfter: new Date(now + injectWithinMs).toISOString(),
  };
  return {
    ...strike,
    ...{ slot, group, runId, target, fault: claim.fault, faultVersion: fault.version, role },
    state: 'reserved',
    revision: 0,
    saved: saved as UndoEntry['saved'],
    locks: [...locks],
    hits: [...hits],
    reservedAt: claim.at,
    abandonedAfter,
    durationMs,
    activeAt: undefined,
    selfExpiry: selfExpiryOf(fault, strike, target, saved),
    attempts: 0,
    failingSince: undefined,
    nextAttemptAt: undefined,
    problem: undefined,
    byHand: commandsByHand(fault, strike, target, saved),
  };
}

export function selfExpiryOf(
  { ends }: Pick<LastingFault, 'ends'>,
  strike: StrikeRef,
  target: Target,
  saved: unknown,
): SelfExpiry {
  if (ends.by !== 'schedule') return { by: ends.by, at: strike.deadline };
  const at = new Date(Date.parse(strike.deadline) + scheduleGraceMs).toISOString();
  return { by: 'schedule', at, schedules: ends.calls(strike, target, saved).length };
}
