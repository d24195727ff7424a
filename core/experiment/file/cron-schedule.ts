import * as z from 'zod';
import { TimeZone } from '../../calendar/schedule.ts';
import type { Experiment } from '../../model/experiment.ts';
import { durationText } from '../../util/format.ts';
import { stageHoldMs } from '../engine/evidence-plans.ts';
import { stageMethod } from '../engine/stage-method.ts';
import type { FileMistake } from './choose-fault.ts';
import { parseCron } from './cron.ts';
import { nextRuns, shortestGapMs } from './cron-runs.ts';

const aCron = 'expected a schedule such as "0 10 ? * TUE *": minutes, hours, day, month, weekday, year';

export const CronSchedule = z.strictObject({
  cron: z
    .string(aCron)
    .regex(/^(\S+ ){5}\S+$/, { error: aCron, abort: true })
    .superRefine((text, { addIssue }) => {
      const cron = parseCron(text);
      const message = typeof cron === 'string' ? cron : neverRuns(cron);
      if (message !== undefined) addIssue({ code: 'custom', message });
    })
    .describe('When, as EventBridge Scheduler takes it.'),
  timeZone: TimeZone.default('UTC').describe('An IANA time zone.'),
});

function neverRuns(cron: Exclude<ReturnType<typeof parseCron>, string>): string | undefined {
  return shortestGapMs(cron) === undefined ? 'expected a date that there is: it never runs' : undefined;
}

type Scheduled = Pick<
  Experiment,
  'schedule' | 'steadyState' | 'method' | 'stages' | 'pauseMs' | 'recovery' | 'notify'
>;

/** Where the next run is due before one that survives can be over. */
export function runsTooClose(experiment: Scheduled): readonly FileMistake[] {
  const [gapMs, leastMs] = [gapOf(experiment), timesOf(experiment).leastMs];
  if (gapMs === undefined || gapMs >= leastMs) return [];
  const message = `expected at least ${durationText(leastMs)} between two runs, as one takes that long, not ${durationText(gapMs)}`;
  return [{ path: ['schedule', 'cron'], message }];
}

/** Where the next may be due before one is over, its recovery included. */
export function runsMayOverlap(
  experiment: Scheduled,
): readonly { readonly path: string[]; readonly text: string }[] {
  const [gapMs, mostMs] = [gapOf(experiment), timesOf(experiment).mostMs];
  if (gapMs === undefined || gapMs >= mostMs) return [];
  const text = `one run may take ${durationText(mostMs)}, and the next is due ${durationText(gapMs)} after it began`;
  return [{ path: ['schedule', 'cron'], text }];
}

/** Where its last run was before `now`. */
export function scheduleOver({ schedule }: Scheduled, now: number | undefined): readonly FileMistake[] {
  const cron = schedule && parseCron(schedule.cron);
  if (now === undefined || schedule === undefined || cron === undefined || typeof cron === 'string')
    return [];
  if (nextRuns(cron, { timeZone: schedule.timeZone, after: now, count: 1 }).length > 0) return [];
  return [{ path: ['schedule', 'cron'], message: 'expected a time to come: it never runs again' }];
}

function gapOf({ schedule }: Scheduled): number | undefined {
  const cron = schedule && parseCron(schedule.cron);
  return cron === undefined || typeof cron === 'string' ? undefined : shortestGapMs(cron);
}

/** At least: of one that survives, and has recovered at once. */
function timesOf(experiment: Scheduled) {
  const { steadyState, stages, pauseMs, recovery, notify } = experiment;
  const held = stages.map((_, index) => stageHoldMs(stageMethod(experiment, index + 1)));
  const leastMs =
    notify.leadMs +
    (stages.length - 1) * pauseMs +
    held.reduce((sum, holdMs) => sum + steadyState.baselineMs + holdMs, 0);
  return { leastMs, mostMs: leastMs + stages.length * recovery.withinMs };
}
