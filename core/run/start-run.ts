import type { RunRequest } from '../config/run-request.ts';
import type { Task } from '../config/task.ts';
import { type RunContext, runIdOf } from '../model/run-context.ts';
import type { Slot, Trigger } from '../model/slot.ts';
import type { Clock } from '../ports/clock.ts';

/**
 * The share of the available time that a run may use: a call begun at the last moment may take as long as its timeout, and then
 * the run must be recorded and announced.
 */
const reserveMs = 15_000;
/** The survey's share of that: slow accounts must not use up the time for strikes. */
const surveyShare = 0.7;

/** The context of a run, without its request. */
export type StartedRun = Omit<Run, 'request'>;

export interface Starting {
  readonly clock: Clock;
  /** Returns 8 hex digits. */
  readonly newId: () => string;
  /** Stays the same when an invocation is retried: a run outside the schedule then draws and claims the same again. */
  readonly invocationId: string;
  /** What the trigger may start. */
  readonly timeLeftMs: number;
}

/** Assigns a task its run id, its slot and its deadlines. A task that is not a run is outside the schedule. */
export function startTask(task: Task, trigger: Trigger, starting: Starting): StartedRun {
  const { clock, newId, invocationId, timeLeftMs } = starting;
  const now = clock.now();
  const time = Math.max(0, timeLeftMs - reserveMs);
  const slot = task.task === 'run' ? task.request.slot : undefined;
  return {
    trigger,
    slot: slot === undefined ? { id: `adhoc/${invocationId}`, at: now } : { id: slot, at: Date.parse(slot) },
    runId: runIdOf(now, newId()),
    deadline: now + time,
    surveyBy: now + time * surveyShare,
  };
}

/** The run for a request. */
export function startRun(request: RunRequest, trigger: Trigger, starting: Starting): Run {
  return { request, ...startTask({ task: 'run', request }, trigger, starting) };
}

/** A request from one of the triggers, and the run it starts. */
export interface Run extends RunContext {
  readonly request: RunRequest;
  readonly trigger: Trigger;
  readonly slot: Slot;
}
