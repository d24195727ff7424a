import type { RunRequest } from '../config/run-request.ts';
import type { Task } from '../config/task.ts';
import type { RunContext } from '../model/run-context.ts';
import type { Slot, Trigger } from '../model/slot.ts';
import type { Clock } from '../ports/clock.ts';

/**
 * How long a run may take, of the time there is: a call begun at the last moment may take as long as its timeout, and then
 * the run is recorded and announced.
 */
const reserveMs = 15_000;
/** The survey's share of that, so that slow accounts do not eat the time of the strikes. */
const surveyShare = 0.7;

/** A run, all of it but what it is asked for. */
export type StartedRun = Omit<Run, 'request'>;

export interface Starting {
  readonly clock: Clock;
  /** Gives 8 hex digits. */
  readonly newId: () => string;
  /** The same when an invocation is retried, so that a run without a slot of its own draws and claims the same again. */
  readonly invocationId: string;
  /** What the trigger allows. */
  readonly timeLeftMs: number;
}

/** Gives what is asked for its run id, its slot and its deadlines. A task that is no run is outside the schedule. */
export function startTask(task: Task, trigger: Trigger, starting: Starting): StartedRun {
  const { clock, newId, invocationId, timeLeftMs } = starting;
  const now = clock.now();
  const time = Math.max(0, timeLeftMs - reserveMs);
  const slot = task.task === 'run' ? task.request.slot : undefined;
  return {
    trigger,
    slot: slot === undefined ? { id: `adhoc/${invocationId}`, at: now } : { id: slot, at: Date.parse(slot) },
    runId: `${new Date(now).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z-${newId()}`,
    deadline: now + time,
    surveyBy: now + time * surveyShare,
  };
}

/** The run of a request. */
export function startRun(request: RunRequest, trigger: Trigger, starting: Starting): Run {
  return { request, ...startTask({ task: 'run', request }, trigger, starting) };
}

/** A request that came in by one of the triggers, and the run it starts. */
export interface Run extends RunContext {
  readonly request: RunRequest;
  readonly trigger: Trigger;
  readonly slot: Slot;
}
