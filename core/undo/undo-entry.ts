import type { LastingFault } from '../model/fault.ts';
import type { Injector } from '../model/injector.ts';
import type { Hand, Sighting } from '../model/lasting.ts';
import type { StrikeOutcome } from '../model/strike.ts';
import { type UndoChanges, UndoConflict, type UndoEntry } from '../model/undo-entry.ts';
import { codeOf, messageOf } from '../util/error-text.ts';
import { contest } from './contest.ts';
import { endEntry, outcomeOf, settleOnce, wasInPlace } from './end-entry.ts';
import { faultOfEntry } from './fault-of-entry.ts';
import { isLateAttempt, lateText } from './late-attempt.ts';
import type { UndoPorts } from './ports.ts';
import { strikeRef } from './strike-ref.ts';
import { surelyAbandonedAt } from './surely-abandoned.ts';
import type { UndoProgress } from './undo-progress.ts';

/**
 * Undoes a lasting strike, reads back, and closes its entry. Safe to call at any time and any number of times. An entry whose fault was
 * never seen in place stays open until no call of its run can be under way: one that arrived late would leave the target broken with
 * nobody knowing. `outcome`: of the strike, if it has none yet.
 */
export async function undoEntry(
  entry: UndoEntry,
  ports: UndoPorts,
  until: number,
  outcome: StrikeOutcome = outcomeOf(entry),
): Promise<UndoProgress> {
  const startedAt = ports.clock.now();
  let current = entry;
  const change = async (changes: UndoChanges) => {
    current = await ports.ledger.changeUndo(current, changes);
    return current;
  };
  try {
    return await attempt(entry, change, ports, until, outcome);
  } catch (error) {
    if (error instanceof UndoConflict) return { is: 'taken' };
    if (isLateAttempt(startedAt, ports.clock.now(), until)) {
      return { is: 'busy', entry: current, why: lateText };
    }
    const why = `${codeOf(error)}: ${messageOf(error)}`;
    try {
      return {
        is: 'failing',
        entry: await change({ state: 'undo-failed', ...failedAgain(current, why, ports.clock.now()) }),
        why,
      };
    } catch (another) {
      if (another instanceof UndoConflict) return { is: 'taken' };
      // The ledger cannot be written: what it says stands, and the next round tries again.
      return { is: 'failing', entry: current, why };
    }
  }
}

async function attempt(
  entry: UndoEntry,
  change: (changes: UndoChanges) => Promise<UndoEntry>,
  ports: UndoPorts,
  until: number,
  outcome: StrikeOutcome,
): Promise<UndoProgress> {
  const { reach, clock, faults } = ports;
  const { fault, saved } = faultOfEntry(entry, faults);
  const { target } = entry;
  let current = entry.state === 'undoing' ? entry : await change({ state: 'undoing' });
  const strike = strikeRef(entry);
  const injector = reach.injector(until);
  let noted = saved;
  const hand: Hand<unknown> = {
    client: (service) => injector.client(service),
    strike,
    now: () => clock.now(),
    sleep: (ms) => clock.sleep(ms),
    note: async (next) => {
      noted = next;
      current = await change({ saved: next as UndoEntry['saved'] });
    },
  };
  if (entry.activeAt === undefined) {
    // Whether it was in place can be told only before it is undone. Not to know it keeps nothing from being undone.
    await fault
      .observe(injector, target, saved, strike)
      .then((seen) => (isInPlace(seen) ? settleOnce(entry, wasInPlace(entry), ports.ledger) : undefined))
      .catch(() => {});
  }
  const result = await fault.undo(hand, target, saved);
  // Before that, what somebody else did may hide the fault, and AWS may show less than was done.
  const notBefore = sureAt(entry) + fault.propagationMs;
  const isShown = clock.now() >= notBefore;
  const notShown = { is: 'busy', why: 'AWS may not show all that was done yet', notBefore } as const;
  if (result.outcome === 'contested') {
    if (!isShown) return { ...notShown, entry: current };
    return contest(current, fault.byHand(strike, target, noted), ports, until);
  }
  if (result.outcome === 'busy') return { is: 'busy', entry: current, why: result.why };
  const seen = result.outcome === 'gone' ? 'gone' : await fault.observe(injector, target, noted, strike);
  if (isInPlace(seen)) {
    return { is: 'busy', entry: current, why: 'AWS still shows the fault' };
  }
  if (clock.now() < notBefore) return { ...notShown, entry: current };
  if (seen === 'gone') {
    await endEntry(current, 'gone', outcome, ports, until);
    return { is: 'ended', end: 'gone' };
  }
  const effect = await effectOf(current, fault, saved, injector, clock.now());
  await endEntry(current, 'undone', outcome, ports, until, effect);
  return { is: 'ended', end: 'undone', ...(effect !== undefined && { effect }) };
}

function isInPlace(seen: Sighting): boolean {
  return seen === 'ours' || seen === 'partly';
}

/** Undefined where the fault cannot tell, or was never in place. Not to know it keeps no entry open. */
async function effectOf(
  { activeAt, deadline, target }: UndoEntry,
  fault: LastingFault,
  saved: unknown,
  aws: Injector,
  now: number,
): Promise<string | undefined> {
  if (fault.effect === undefined || activeAt === undefined) return undefined;
  try {
    const time = { activeAt: Date.parse(activeAt), deadline: Date.parse(deadline), now };
    return `${fault.name} ${await fault.effect(aws, target, saved, time)}`;
  } catch (error) {
    return `${fault.name} was in place; what it did could not be read: ${codeOf(error)}: ${messageOf(error)}`;
  }
}

/** Epoch ms after which nothing more is done to the target on behalf of the entry's run. */
function sureAt(entry: UndoEntry): number {
  return entry.activeAt === undefined ? surelyAbandonedAt(entry) : Date.parse(entry.activeAt);
}

const minuteMs = 60_000;

/** After a failure it is tried again in 1 minute, then 2, 4, 8, and 15 minutes. */
export function failedAgain({ attempts, failingSince }: UndoEntry, why: string, now: number): UndoChanges {
  const delayMs = Math.min(2 ** attempts, 15) * minuteMs;
  return {
    attempts: attempts + 1,
    failingSince: failingSince ?? new Date(now).toISOString(),
    nextAttemptAt: new Date(now + delayMs).toISOString(),
    problem: why,
  };
}
