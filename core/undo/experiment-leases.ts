import type { ClockSkew } from '../model/clock-skew.ts';
import { isOfExperiment } from '../model/experiment-slot.ts';
import { type Failure, failure } from '../model/failure.ts';
import type { PartialResult } from '../model/partial-result.ts';
import { unreadableFailures } from '../model/unreadable-item.ts';
import type { ExperimentLedger } from '../ports/experiment-ledger.ts';
import type { OpenUndos } from '../ports/ledger.ts';
import type { Sleepers } from '../ports/sleepers.ts';
import type { ExperimentRecord } from '../reports/experiment-record.ts';
import type { HandledStrike } from '../reports/undo-report.ts';
import { type EndPorts, endLapsed, type LapsedExperiment } from './end-lapsed.ts';

export interface LeaseWorld extends EndPorts {
  readonly skew: ClockSkew;
  readonly ledger: EndPorts['ledger'] & Pick<ExperimentLedger, 'runningExperiments'>;
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
export function experimentLeases(world: LeaseWorld) {
  const { clock, skew, ledger, sleepers } = world;
  let lapsed: readonly LapsedExperiment[] = [];
  let waking: Promise<readonly Failure[]> = Promise.resolve([]);
  return {
    /**
     * The ids of the experiments that some of these entries are of, and that nobody answers for. To be asked after the entries were read:
     * one that was in place by then is of an experiment that was on record before, so none is missed that has just begun. Begins to wake
     * those that wait and are stopped, which holds up no undo.
     */
    orphansAmong: async (
      open: OpenUndos,
      isAllStopped: boolean,
    ): Promise<PartialResult<ReadonlySet<string>>> => {
      const { found, unreadable } = await ledger.runningExperiments();
      waking = wake(
        found.filter(({ stop }) => isAllStopped || stop !== undefined),
        sleepers,
      );
      const now = clock.now() + (skew.offsetMs() ?? 0);
      const entries = open.found.filter(isOfExperiment);
      const dead = [
        ...found.filter((one) => isLapsed(one, now)).map((record) => ({ id: record.id, record })),
        ...unreadable.map(({ sk }) => ({ id: sk, record: undefined })),
      ];
      lapsed = dead.map((one) => ({
        ...one,
        entries: entries.filter(({ runId }) => runId === one.id),
        unreadable: open.unreadable.filter(({ runId }) => runId === undefined || runId === one.id),
      }));
      const held = new Set(found.filter((one) => isHeld(one, now)).map(({ id }) => id));
      const orphans = entries.map(({ runId }) => runId).filter((id) => !held.has(id));
      return { value: new Set(orphans), failures: unreadableFailures('control', unreadable) };
    },

    /** What could not be woken. It is tried again in the next round. */
    unwoken: (): Promise<readonly Failure[]> => waking,

    /** Ends those whose lease has lapsed, once it is known what became of all that they had in place. */
    endLapsed: async (handled: readonly HandledStrike[]): Promise<readonly Failure[]> => {
      const byId = new Map(handled.map((strike) => [strike.id, strike]));
      return (await Promise.all(lapsed.map((one) => endLapsed(one, byId, world)))).flat();
    },
  };
}

async function wake(stopped: readonly ExperimentRecord[], sleepers: Sleepers): Promise<readonly Failure[]> {
  const callbacks = stopped.flatMap(({ isWaiting, wakeUp }) => (isWaiting && wakeUp ? [wakeUp] : []));
  const woken = await Promise.allSettled(callbacks.map(async (one) => sleepers.wake(one)));
  return woken.flatMap((one) => (one.status === 'rejected' ? [failure('control', one.reason)] : []));
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
