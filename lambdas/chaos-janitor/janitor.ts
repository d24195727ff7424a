import { type RunContext, runIdOf } from '#core/model/run-context.ts';
import { truncateUndoReport } from '#core/reports/truncate-undo-report.ts';
import type { UndoReport } from '#core/reports/undo-report.ts';
import { type JanitorWorld, janitorRound } from '#core/undo/janitor-round.ts';
import { UndoOrder } from '#core/undo/plan-undo.ts';
import { AlarmOrder, stopByAlarm } from '#core/undo/stop-by-alarm.ts';
import { hasKey, parse } from '#core/util/parse.ts';
import { LifecycleRequest, lifecycle } from './lifecycle.ts';

/** The part of Lambda's context that is used. */
export interface Invocation {
  getRemainingTimeInMillis(): number;
}

export interface JanitorParts {
  readonly world: JanitorWorld;
  /** Returns 8 hex digits. */
  readonly newId: () => string;
  readonly log: (report: UndoReport) => void;
  /** Answers CloudFormation, by HTTP. */
  readonly put: (url: string, body: string) => Promise<void>;
}

/** A round of the schedule is over before the next one begins. */
const scheduledMs = 50_000;
const orderedMs = 4 * 60_000;
/** For what is recorded and announced at the end. */
const reserveMs = 10_000;
/** For the answer to CloudFormation, which would otherwise wait for an hour. */
const answerMs = 30_000;
/** Lambda answers at most 6 MB. */
const maxAnswerBytes = 6_000_000;

/**
 * The function `chaos_janitor`: the schedule's event, which is empty, or an order in, what was done out; or an alarm that has gone off, or
 * a request of CloudFormation. Throws `InvalidInput`, before anything is done, for an order that is none.
 */
export function chaosJanitor(parts: JanitorParts) {
  return async (event: unknown, invocation: Invocation): Promise<UndoReport | undefined> => {
    if (hasKey(event, 'RequestType')) {
      await live(parse(LifecycleRequest, event, 'request of CloudFormation'), invocation, parts);
      return undefined;
    }
    if (hasKey(event, 'alarm')) {
      await obeyAlarm(parse(AlarmOrder, event, 'order'), invocation, parts);
      return undefined;
    }
    const order = parse(UndoOrder, event ?? {}, 'order');
    const timeMs = Object.keys(order).length === 0 ? scheduledMs : orderedMs;
    const report = await round(order, timeMs, invocation, parts);
    return truncateUndoReport(report, maxAnswerBytes);
  };
}

/** Hardly any alarm is a stop condition of what is running: of those others, nothing more is done. */
async function obeyAlarm({ alarm }: AlarmOrder, invocation: Invocation, parts: JanitorParts): Promise<void> {
  const runs = await stopByAlarm(alarm, parts.world);
  await Promise.all(runs.map((run) => round({ run }, orderedMs, invocation, parts)));
}

async function live(request: LifecycleRequest, invocation: Invocation, parts: JanitorParts): Promise<void> {
  const { world, put } = parts;
  const until = world.clock.now() + invocation.getRemainingTimeInMillis() - answerMs;
  await lifecycle(request, {
    ...{ world, put, until },
    round: (order) => round(order, until - world.clock.now(), invocation, parts),
  });
}

async function round(
  order: UndoOrder,
  timeMs: number,
  invocation: Invocation,
  { world, newId, log }: JanitorParts,
): Promise<UndoReport> {
  const now = world.clock.now();
  const deadline = now + Math.min(timeMs, Math.max(0, invocation.getRemainingTimeInMillis() - reserveMs));
  const run: RunContext = { runId: runIdOf(now, newId()), deadline, surveyBy: deadline };
  const report = await janitorRound(order, run, world);
  log(report);
  return report;
}
