import type { Calendar } from '../calendar/calendar.ts';
import type { Leash } from '../config/resolve-leash.ts';
import { recheckGates } from '../gates/recheck-gates.ts';
import type { Reason } from '../model/decision.ts';
import type { Group } from '../model/group.ts';
import type { RunContext } from '../model/run-context.ts';
import type { Slot } from '../model/slot.ts';
import type { StrikeId, StrikeOutcome } from '../model/strike.ts';
import type { UndoEntry } from '../model/undo-entry.ts';
import type { Reach } from '../ports/reach.ts';
import type { NothingTouched, Striker } from '../ports/striker.ts';
import type { World } from '../ports/world.ts';
import type { GateVerdict } from '../reports/run-report.ts';
import { giveUp } from '../undo/give-up.ts';
import { injectFault } from '../undo/inject-fault.ts';
import { StoppedBefore } from '../undo/stopped-before.ts';
import { leashedInjection, leashedLedger, leashedStriker, type StrikeLedger } from './leashed-ports.ts';

/** How drawn groups are inspected and struck in a live run, and what a leashed run does instead. */
export interface StrikeMode {
  readonly striker: Striker;
  readonly ledger: StrikeLedger;
  /** How many groups are inspected, and then struck, before the next ones are inspected. */
  readonly groupsARound: number;
  /** The run with the deadline of an inspection begun at `now`. All in epoch ms. */
  runOfInspection(now: number): RunContext;
  /** Checked before each round's strikes: the first gate that has closed. */
  closedGate(): Promise<GateVerdict | undefined>;
  /** Checked right before each claim: why a group must not be struck after all, since its inspection. */
  tooLate(group: Group, at: StrikeTimes): Reason | undefined;
  /** Asked before each round, claim and strike: why nothing more is to be begun. */
  over(): Reason | undefined;
  /** Closes a strike that was claimed and is not begun, and the entry that was to undo it. Never rejects. */
  release(id: StrikeId, undo: LastingStrike | undefined): Promise<void>;
  /** Injects a fault that lasts, and looks whether it is in place. */
  inject(undo: LastingStrike): Promise<StrikeOutcome | NothingTouched>;
  /** Until when a strike begun at `now` is retried. If that is in the past, it is not begun. */
  strikeUntil(now: number): number;
}

export interface LastingStrike {
  readonly entry: UndoEntry;
  readonly reach: Reach;
}

/** In epoch ms. */
export interface StrikeTimes {
  readonly inspectedAt: number;
  readonly now: number;
  /** When its fault would end. */
  readonly endsAt: number;
}

export type SlottedRun = RunContext & { readonly slot: Slot };

/** `over`: aborted where nothing more is to be begun, whatever is left. */
export function strikeMode(
  { mode }: Leash,
  run: SlottedRun,
  calendar: Calendar,
  world: World,
  over?: AbortSignal,
): StrikeMode {
  return mode === 'live' ? liveMode(run, calendar, world, over) : leashedMode(run, world);
}

/** The code of what is spared because nothing more was to be begun. */
export const overCode = 'over';

/** Small: a group is struck soon after its inspection. */
const groupsARound = 32;
/** A throttled inspection delays the other groups of its round, and their evidence gets old. */
const inspectionPatienceMs = 20_000;
/** A group must not be struck on outdated evidence. */
const inspectionHoldsMs = 45_000;
/** Short, so that strikes in progress also obey a stop soon. */
const strikePatienceMs = 5_000;
/** A fault that lasts may take several calls, and some seconds to show. A stop undoes it meanwhile. */
const injectionPatienceMs = 20_000;

function liveMode(
  run: SlottedRun,
  calendar: Calendar,
  world: World,
  over: AbortSignal | undefined,
): StrikeMode {
  const injectUntil = () => Math.min(run.deadline, world.clock.now() + injectionPatienceMs);
  return {
    striker: world.striker,
    ledger: world.ledger,
    groupsARound,
    runOfInspection: (now) => ({
      ...run,
      // If time is short, the inspection leaves part of it to the strikes.
      deadline: Math.min(now + inspectionPatienceMs, (now + run.deadline) / 2),
    }),
    closedGate: () => recheckGates({ calendar, slot: run.slot }, world),
    over: () => (over?.aborted ? { code: overCode, text: new StoppedBefore().message } : undefined),
    release: async (id, undo) => {
      if (undo !== undefined) {
        await giveUp(undo.entry, new StoppedBefore(), { ...world, reach: undo.reach }, injectUntil());
        return;
      }
      const { message: detail } = new StoppedBefore();
      // What cannot be written is left to the next verification, which takes the run for dead.
      await world.ledger.settle(id, { outcome: 'failed', detail }).catch(() => {});
    },
    inject: ({ entry, reach }) => injectFault(entry, { ...world, reach }, injectUntil(), over),
    tooLate: (group, { inspectedAt, now, endsAt }) => {
      const ageMs = now - inspectedAt;
      if (ageMs > inspectionHoldsMs) {
        const text = `its inspection is already ${Math.round(ageMs / 1_000)} s old`;
        return { code: 'not-inspected', text };
      }
      return closedByCalendar(group, calendar, now) ?? endsTooLate(calendar, now, endsAt);
    },
    strikeUntil: (now) =>
      Math.min(run.deadline, now + strikePatienceMs, calendar.window(calendar.dayOf(now)).closes),
  };
}

/** The gates were open when the round's strikes began; checking the calendar again costs nothing. */
function closedByCalendar(group: Group, calendar: Calendar, now: number): Reason | undefined {
  if (!calendar.isOpen(now)) {
    return { code: 'schedule', text: "the schedule's window closed during the run" };
  }
  const freeze = calendar.freezeAt(now);
  if (freeze !== undefined) {
    return { code: 'freeze', text: `a freeze began during the run: ${freeze.reason}` };
  }
  const ofGroup = calendar.freezeOf(group, now);
  return (
    ofGroup && {
      code: 'frozen',
      text: `a freeze of the group or its account began during the run: ${ofGroup.reason}`,
    }
  );
}

/** People are there to look after a fault for as long as it lasts. */
function endsTooLate(calendar: Calendar, now: number, endsAt: number): Reason | undefined {
  const { closes } = calendar.window(calendar.dayOf(now));
  return endsAt <= closes
    ? undefined
    : { code: 'schedule', text: "the schedule's window would close before the fault ends" };
}

/**
 * Nothing is struck, so evidence does not get old, and only the stop, at the beginning, holds the run. All groups are one
 * round, as they share calls by account and region; the groups of a small round, drawn from everywhere, would share hardly any.
 * On the sandbox a run that draws 1,000 groups in 50 account-regions makes 2,225 calls in one round, 2,477 in rounds of 320,
 * and 3,645 in rounds of 32.
 */
function leashedMode(run: SlottedRun, { ledger }: World): StrikeMode {
  return {
    striker: leashedStriker,
    ledger: leashedLedger(ledger),
    groupsARound: Number.POSITIVE_INFINITY,
    runOfInspection: () => run,
    closedGate: async () => undefined,
    over: () => undefined,
    release: async () => {},
    inject: leashedInjection,
    tooLate: () => undefined,
    strikeUntil: () => Number.POSITIVE_INFINITY,
  };
}
