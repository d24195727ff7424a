import type { Calendar } from '../calendar/calendar.ts';
import type { Leash } from '../config/leash.ts';
import { closedSince } from '../gates/recheck-gates.ts';
import type { Reason } from '../model/decision.ts';
import type { Group } from '../model/group.ts';
import type { RunContext } from '../model/run-context.ts';
import type { Slot } from '../model/slot.ts';
import type { Striker } from '../ports/striker.ts';
import type { World } from '../ports/world.ts';
import type { GateVerdict } from '../reports/run-report.ts';
import { leashedLedger, leashedStriker, type StrikeLedger } from './leashed-ports.ts';

/** How drawn groups are inspected and struck: what a live run does, and what a leashed one does in its place. */
export interface StrikeMode {
  readonly striker: Striker;
  readonly ledger: StrikeLedger;
  /** How many groups are inspected, and then struck, before the next ones are inspected. */
  readonly groupsARound: number;
  /** The run with the deadline of an inspection begun at `now`. All in epoch ms. */
  runOfInspection(now: number): RunContext;
  /** Checked before the strikes of each round: the first gate that has closed since. */
  closedGate(): Promise<GateVerdict | undefined>;
  /** Checked right before each claim: what has come between a group and its strike since it was inspected. */
  tooLate(group: Group, inspectedAt: number, now: number): Reason | undefined;
  /** Until when a strike begun at `now` is retried. In the past: it is not begun. */
  strikeUntil(now: number): number;
}

export type SlottedRun = RunContext & { readonly slot: Slot };

export function strikeMode({ mode }: Leash, run: SlottedRun, calendar: Calendar, world: World): StrikeMode {
  return mode === 'live' ? liveMode(run, calendar, world) : leashedMode(run, world);
}

/** Few, so that a group is struck soon after the inspection that found nothing against it. */
const groupsARound = 32;
/** An inspection that is throttled for long keeps the other groups of its round waiting, and what was seen of them grows old. */
const inspectionPatienceMs = 20_000;
/** A group is struck on what it is, not on what it was. */
const inspectionHoldsMs = 45_000;
/** A strike is retried no longer than this, so that a stop is soon obeyed by what is under way as well. */
const strikePatienceMs = 5_000;

function liveMode(run: SlottedRun, calendar: Calendar, world: World): StrikeMode {
  return {
    striker: world.striker,
    ledger: world.ledger,
    groupsARound,
    runOfInspection: (now) => ({
      ...run,
      // What is left of a short time is shared with the strikes.
      deadline: Math.min(now + inspectionPatienceMs, (now + run.deadline) / 2),
    }),
    closedGate: () => closedSince({ calendar, slot: run.slot }, world),
    tooLate: (group, inspectedAt, now) => {
      const ageMs = now - inspectedAt;
      if (ageMs > inspectionHoldsMs) {
        const text = `what was seen of it is ${Math.round(ageMs / 1_000)} s old by now`;
        return { code: 'not-inspected', text };
      }
      return closedByCalendar(group, calendar, now);
    },
    strikeUntil: (now) =>
      Math.min(run.deadline, now + strikePatienceMs, calendar.window(calendar.dayOf(now)).closes),
  };
}

/** The gates were open when the round began to be struck; the calendar costs nothing to check again. */
function closedByCalendar(group: Group, calendar: Calendar, now: number): Reason | undefined {
  if (!calendar.isOpen(now)) {
    return { code: 'schedule', text: "the schedule's window closed while the run was under way" };
  }
  const freeze = calendar.freezeAt(now);
  if (freeze !== undefined) {
    return { code: 'freeze', text: `a freeze began while the run was under way: ${freeze.reason}` };
  }
  const ofGroup = calendar.freezeOf(group, now);
  return (
    ofGroup && {
      code: 'frozen',
      text: `a freeze of it or its account began while the run was under way: ${ofGroup.reason}`,
    }
  );
}

/**
 * Nothing is struck, so nothing grows old and no gate but the stop, at the beginning, holds it back. One round of all groups,
 * in which those of an account and region share calls: the groups of a small round, drawn from all over, would share hardly any.
 * On the sandbox a run that draws 1,000 groups in 50 account-regions makes 2,225 calls in one round, 2,477 in rounds of 320, and
 * 3,645 in rounds of 32.
 */
function leashedMode(run: SlottedRun, { ledger }: World): StrikeMode {
  return {
    striker: leashedStriker,
    ledger: leashedLedger(ledger),
    groupsARound: Number.POSITIVE_INFINITY,
    // The same object: its sessions are those of the survey.
    runOfInspection: () => run,
    closedGate: async () => undefined,
    tooLate: () => undefined,
    strikeUntil: () => Number.POSITIVE_INFINITY,
  };
}
