import type { Clock } from './ports.ts';
import type { Door, Slot } from './report.ts';
import type { RunRequest } from './request.ts';
import type { Run } from './run.ts';

/**
 * How long a run may take, of the time there is: a call begun at the last moment may take as long as its timeout, and then
 * the run is recorded and announced.
 */
const reserveMs = 15_000;
/** The survey's share of that, so that slow accounts do not eat the time of the strikes. */
const surveyShare = 0.7;

/**
 * Gives a request its run id, its slot and its deadlines.
 *
 * `invocationId` is the same when an invocation is retried, so a run without a slot of its own draws and claims the same
 * again. `newId` gives 8 hex digits, `timeLeftMs` is what the door allows.
 */
export function startRun(
  request: RunRequest,
  door: Door,
  parts: {
    readonly clock: Clock;
    readonly newId: () => string;
    readonly invocationId: string;
    readonly timeLeftMs: number;
  },
): Run {
  const now = parts.clock.now();
  const time = Math.max(0, parts.timeLeftMs - reserveMs);
  return {
    request,
    door,
    slot: slotOf(request, parts.invocationId, now),
    runId: `${new Date(now).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z-${parts.newId()}`,
    deadline: now + time,
    surveyBy: now + time * surveyShare,
  };
}

function slotOf({ slot }: RunRequest, invocationId: string, now: number): Slot {
  return slot === undefined ? { id: `adhoc/${invocationId}`, at: now } : { id: slot, at: Date.parse(slot) };
}
