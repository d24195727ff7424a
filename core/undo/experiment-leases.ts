import type { ClockSkew } from '../model/clock-skew.ts';
import { isOfExperiment } from '../model/experiment-slot.ts';
import { type Failure, failure } from '../model/failure.ts';
import type { PartialResult } from '../model/partial-result.ts';
import type { UndoEntry } from '../model/undo-entry.ts';
import { unreadableFailures } from '../model/unreadable-item.ts';
import type { Clock } from '../ports/clock.ts';
import type { ExperimentEnd, ExperimentLedger } from '../ports/experiment-ledger.ts';
import type { Sleepers } from '../ports/sleepers.ts';
import type { ExperimentRecord } from '../reports/experiment-record.ts';
import type { HandledStrike } from '../reports/undo-report.ts';

export interface LeaseWorld {
  readonly clock: Clock;
  readonly skew: ClockSkew;
  readonly ledger: Pick<ExperimentLedger, 'runningExperiments' | 'endExperiment'>;
  readonly sleepers: Sleepers;
}

/** A renewal may be on its way as the lease lapses, and AWS's dates tell how far a clock is off to a second. */
const lateMs = 5_000;
/** Whoever runs an experiment reads a stop within a second, and undoes at once. */
const undoneWithinMs = 30_000;
/** A stop ends a wait: whoever waited has renewed the lease by then. */
const wokenWithinMs = 90_000;

/**
 * A round's view of the experiments. What one has in place stays there only while somebody is known to hold its lease: whether that died,
 * was stopped and did not undo, ended and left something, or cannot be read, comes to the same.
 */
export function experimentLeases({ clock, skew, ledger, sleepers }: LeaseWorld) {
  let lapsed: readonly LapsedExperiment[] = [];
  let waking: Promise<readonly Failure[]> = Promise.resolve([]);
  return {
    /**
     * The ids of the experiments that some of these entries are of, and that nobody answers for. To be asked after the entries were read:
     * one that was in place by then is of an experiment that was on record before, so none is missed that has just begun. Begins to wake
     * those that wait and are stopped, which holds up no undo.
     */
    orphansAmong: async (
      open: readonly UndoEntry[],
      isAllStopped: boolean,
    ): Promise<PartialResult<ReadonlySet<string>>> => {
      const { found, unreadable } = await ledger.runningExperiments();
      waking = wake(
        found.filter(({ stop }) => isAllStopped || stop !== undefined),
        sleepers,
      );
      const now = clock.now() + (skew.offsetMs() ?? 0);
      const entries = open.filter(isOfExperiment);
      const dead = [
        ...found.filter((one) => isLapsed(one, now)).map(({ id }) => id),
        ...unreadable.map(({ sk }) => sk),
      ];
      lapsed = dead.map((id) => ({ id, entries: entries.filter(({ runId }) => runId === id) }));
      const held = new Set(found.filter((one) => isHeld(one, now)).map(({ id }) => id));
      const orphans = entries.map(({ runId }) => runId).filter((id) => !held.has(id));
      return { value: new Set(orphans), failures: unreadableFailures('control', unreadable) };
    },

    /** What could not be woken. It is tried again in the next round. */
    unwoken: (): Promise<readonly Failure[]> => waking,

    /** Ends those whose lease has lapsed, once it is known what became of all that they had in place. */
    endLapsed: async (handled: readonly HandledStrike[]): Promise<readonly Failure[]> => {
      const at = new Date(clock.now()).toISOString();
      const outcomes = new Map(handled.map((strike) => [strike.id, strike]));
      const ends = lapsed.flatMap(({ id, entries }) => {
        const end = endOf(entries, outcomes);
        return end === undefined ? [] : [{ id, ended: { ...end, at } }];
      });
      const written = await Promise.allSettled(ends.map(({ id, ended }) => ledger.endExperiment(id, ended)));
      return written.flatMap((one) => (one.status === 'rejected' ? [failure('record', one.reason)] : []));
    },
  };
}

async function wake(stopped: readonly ExperimentRecord[], sleepers: Sleepers): Promise<readonly Failure[]> {
  const callbacks = stopped.flatMap(({ isWaiting, wakeUp }) => (isWaiting && wakeUp ? [wakeUp] : []));
  const woken = await Promise.allSettled(callbacks.map(async (one) => sleepers.wake(one)));
  return woken.flatMap((one) => (one.status === 'rejected' ? [failure('control', one.reason)] : []));
}

interface LapsedExperiment {
  readonly id: string;
  readonly entries: readonly UndoEntry[];
}

/** Times in epoch ms, by AWS's clock. */
function isLapsed({ leaseUntil, isWaiting, stop }: ExperimentRecord, now: number): boolean {
  const wokenBy = isWaiting && stop !== undefined ? momentOf(stop.at) + wokenWithinMs : leaseUntil;
  return now > Math.min(leaseUntil, wokenBy) + lateMs;
}

function isHeld(record: ExperimentRecord, now: number): boolean {
  if (isLapsed(record, now)) return false;
  if (record.stop === undefined) return true;
  const stoppedAt = momentOf(record.stop.at);
  // One from the future is of a clock that tells nothing.
  return now >= stoppedAt && now <= stoppedAt + undoneWithinMs;
}

/** Long ago, if nobody can tell. */
function momentOf(text: string): number {
  const moment = Date.parse(text);
  return Number.isNaN(moment) ? 0 : moment;
}

/** Undefined: something is on its way, and another round sees what becomes of it. */
function endOf(
  entries: readonly UndoEntry[],
  outcomes: ReadonlyMap<string, HandledStrike>,
): Omit<ExperimentEnd, 'at'> | undefined {
  const left = entries.filter(({ id }) => outcomes.get(id)?.outcome !== 'ended');
  if (left.length === 0) {
    const undone = entries.length === 0 ? 'nothing of it was in place' : 'undone by the janitor';
    return { verdict: 'failed', why: `whoever ran it died; ${undone}` };
  }
  const stuck = left.find((entry) => isStuck(entry, outcomes.get(entry.id)));
  if (stuck === undefined) return undefined;
  const why = outcomes.get(stuck.id)?.text ?? stuck.problem ?? stuck.state;
  return { verdict: 'undo-failed', why: `whoever ran it died, and ${stuck.group} is not undone: ${why}` };
}

/** What has failed is not tried in every round. */
function isStuck({ state }: UndoEntry, handled: HandledStrike | undefined): boolean {
  if (handled === undefined) return state === 'undo-failed';
  return handled.outcome === 'failing' || handled.outcome === 'contested';
}
