import { dirname, resolve } from 'node:path';
import type { Config } from '#core/config/config.ts';
import { parseCron } from '#core/experiment/file/cron.ts';
import { nextRuns } from '#core/experiment/file/cron-runs.ts';
import type { Experiment } from '#core/model/experiment.ts';

const shown = 3;

/** When an experiment would run by itself. */
export interface ScheduleHere {
  readonly cron: string;
  readonly timeZone: string;
  /** ISO 8601, UTC: fewer than three if there are no more. */
  readonly next: readonly string[];
  /** Whether the configuration lists the file: else it runs only when it is started. */
  readonly isListed: boolean;
}

/** `file` and `configFile`: absolute. Undefined for a file without a schedule. */
export function scheduleHere(
  { schedule }: Pick<Experiment, 'schedule'>,
  {
    file,
    configFile,
    config,
    now,
  }: {
    readonly file: string;
    readonly configFile: string;
    readonly config: Pick<Config, 'experiments'>;
    readonly now: number;
  },
): ScheduleHere | undefined {
  if (schedule === undefined) return undefined;
  const cron = parseCron(schedule.cron);
  if (typeof cron === 'string') return undefined;
  const next = nextRuns(cron, { timeZone: schedule.timeZone, after: now, count: shown });
  return {
    ...schedule,
    next: next.map((moment) => new Date(moment).toISOString()),
    isListed: config.experiments.scheduled.some((one) => resolve(dirname(configFile), one) === file),
  };
}
