import { type LastingFault, NotInjected } from '../model/fault.ts';
import { faultEndText } from '../model/fault-end-text.ts';
import type { Hand, Sighting } from '../model/lasting.ts';
import type { StrikeOutcome } from '../model/strike.ts';
import { type UndoChanges, UndoConflict, type UndoEntry } from '../model/undo-entry.ts';
import { commandsByHand } from '../model/undo-schedules.ts';
import { codeOf, messageOf } from '../util/error-text.ts';
import { endEntry } from './end-entry.ts';
import { faultOfEntry } from './fault-of-entry.ts';
import { giveUp } from './give-up.ts';
import type { UndoPorts } from './ports.ts';
import { selfExpiryOf } from './reserve-undo.ts';
import { StoppedBefore } from './stopped-before.ts';
import { strikeRef } from './strike-ref.ts';
import { undoEntry } from './undo-entry.ts';

/** How often the fault is looked for after it was injected, where AWS takes time to show it. */
const looks = 3;
const betweenLooksMs = 1_000;

/**
 * Injects a fault that lasts, once its strike has begun: what ends it is arranged before, and each step is in the ledger before AWS is
 * called. What becomes of an `unknown` one is the janitor's to find out. Never rejects. `over`: once it is aborted, what has not been sent
 * is not.
 */
export async function injectFault(
  reserved: UndoEntry,
  ports: UndoPorts,
  until: number,
  over?: AbortSignal,
): Promise<StrikeOutcome> {
  const { ledger } = ports;
  let current = reserved;
  const change = async (changes: UndoChanges) => {
    current = await ledger.changeUndo(current, changes);
    return current;
  };
  try {
    return await inject(reserved, change, ports, until, over);
  } catch (error) {
    if (current.state === 'reserved') return giveUp(reserved, error, ports, until);
    const detail = `${codeOf(error)}: ${messageOf(error)}`;
    return error instanceof UndoConflict
      ? { outcome: 'unknown', detail: 'it was stopped while it was being injected' }
      : { outcome: 'unknown', detail };
  }
}

async function inject(
  reserved: UndoEntry,
  change: (changes: UndoChanges) => Promise<UndoEntry>,
  ports: UndoPorts,
  until: number,
  over: AbortSignal | undefined,
): Promise<StrikeOutcome> {
  const goOn = () => {
    if (over?.aborted) throw new StoppedBefore();
  };
  goOn();
  const { reach, clock, faults } = ports;
  const { fault, saved } = faultOfEntry(reserved, faults);
  const { target } = reserved;
  const reads = reach.injector(until);
  const withdraw = async (entry: UndoEntry, detail: string): Promise<StrikeOutcome> => {
    const outcome = { outcome: 'failed', detail } as const;
    await endEntry(entry, 'withdrawn', outcome, ports, until);
    return outcome;
  };

  // The claim took time, and somebody may have changed the target meanwhile.
  const before = await fault.observe(reads, target, saved, strikeRef(reserved));
  if (before !== 'before') return withdraw(reserved, `it changed while it was being claimed: ${before}`);
  const now = clock.now();
  if (now > Date.parse(reserved.notAfter)) return withdraw(reserved, 'no time was left to inject it');

  const deadline = new Date(now + reserved.durationMs).toISOString();
  const strike = { ...strikeRef(reserved), deadline };
  const selfExpiry = selfExpiryOf(fault, strike, target, saved);
  goOn();
  if (fault.ends.by === 'schedule') {
    const calls = fault.ends.calls(strike, target, saved);
    await reach.arm(reserved.id, calls, Date.parse(selfExpiry.at), until);
    goOn();
  }
  let current = await change({
    state: 'injecting',
    deadline,
    selfExpiry,
    byHand: commandsByHand(fault, strike, target, saved),
  });

  if (over?.aborted) return withdraw(current, new StoppedBefore().message);
  const injector = reach.injector(until);
  let noted = saved;
  const hand: Hand<unknown> = {
    client: (service) => injector.client(service),
    strike,
    now: () => clock.now(),
    sleep: (ms) => clock.sleep(ms),
    note: async (next) => {
      noted = next;
      current = await change({
        saved: next as UndoEntry['saved'],
        byHand: commandsByHand(fault, strike, target, next),
      });
    },
  };
  /** Somebody has taken or closed the entry, and may have seen nothing of the fault yet: so nothing of it is left to them. */
  const takeBack = async (error: unknown): Promise<never> => {
    if (error instanceof UndoConflict) {
      await fault.undo({ ...hand, note: async () => {} }, target, noted).catch(() => {});
    }
    throw error;
  };
  const problem = await fault.inject(hand, target, reserved.fault.parameters, saved).then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  if (problem?.error instanceof UndoConflict) return takeBack(problem.error);
  const refusal = problem && `${codeOf(problem.error)}: ${messageOf(problem.error)}`;
  const isNotInjected = injector.wasRefusedEveryTime || problem?.error instanceof NotInjected;
  if (refusal !== undefined && isNotInjected) return withdraw(current, refusal);

  const seen = await lookForFault(fault, () => fault.observe(reads, target, noted, strike), clock, until);
  // Where AWS takes time to show what it has accepted, its word counts.
  const isLate = seen === 'before' || seen === 'partly';
  const isAccepted = isLate && refusal === undefined && fault.propagationMs > 0;
  if (seen === 'ours' || isAccepted) {
    await change({ state: 'active', activeAt: new Date(clock.now()).toISOString() }).catch(takeBack);
    return {
      outcome: 'succeeded',
      detail: `until ${deadline}; ${faultEndText(fault)}; leaves ${fault.leaves}`,
    };
  }
  if (seen === 'before') {
    return { outcome: 'unknown', detail: refusal ?? 'AWS accepted it, and does not show it' };
  }
  const why = refusal ?? `it was found ${seen}`;
  const undone = { outcome: 'failed', detail: `${why}; undone at once` } as const;
  const seenAt = new Date(clock.now()).toISOString();
  const progress = await undoEntry(await change({ activeAt: seenAt }).catch(takeBack), ports, until, undone);
  return progress.is === 'ended' ? undone : { outcome: 'unknown', detail: `${why}; it is being undone` };
}

async function lookForFault(
  { propagationMs }: Pick<LastingFault, 'propagationMs'>,
  observe: () => Promise<Sighting>,
  clock: UndoPorts['clock'],
  until: number,
): Promise<Sighting> {
  for (let look = 1; ; look += 1) {
    const seen = await observe();
    const isLast = look >= looks || clock.now() + betweenLooksMs >= until;
    const isLate = seen === 'before' || seen === 'partly';
    if (!isLate || propagationMs === 0 || isLast) return seen;
    await clock.sleep(betweenLooksMs);
  }
}
