import { stopExperimentByAwsCli } from '#core/messages/stop-by-aws-cli.ts';
import type { ExperimentRecord } from '#core/reports/experiment-record.ts';
import { counted } from '#core/util/format.ts';
import type { ExperimentStopProgress, StoppedExperiment } from '../../deployed/stop-experiment.ts';
import type { Standing } from '../../deployed/watch-experiment.ts';
import { deploymentFlags } from '../../options/deployment-options.ts';
import { line } from '../layout.ts';
import { inPlaceLines } from './standing.ts';

/** What became of an experiment after its stop. */
export interface AfterStop extends Pick<StoppedExperiment, 'id' | 'stop'> {
  /** Undefined if it could not be read. */
  readonly standing: Standing | undefined;
  readonly flags: string;
}

/** Whether nothing of it is in place any more, as far as can be told. */
export function isUndone({ standing }: Pick<AfterStop, 'standing'>): boolean {
  if (standing === undefined || standing.record.ended?.verdict === 'undo-failed') return false;
  return standing.inPlace.length + standing.unreadable.length === 0;
}

/** First what is certain, then what is still to be done. */
export function afterStopText(after: AfterStop): string {
  const { id, stop, standing, flags } = after;
  const ended = standing?.record.ended;
  const report = `Its report: ./chaos experiment report ${id}${flags}`;
  const status = `./chaos experiment status ${id}${flags}`;
  const head =
    stop === undefined ? `It was over: nothing was left to stop.` : `STOPPED. Nothing of it is in place.`;
  if (isUndone(after)) {
    if (ended === undefined) return `${head} It still measures the recovery; what it comes to: ${status}`;
    return `${stop === undefined ? head : `STOPPED.`} ${endText(id, ended)}\n${report}`;
  }
  const open = standing?.inPlace ?? [];
  return [
    standing === undefined
      ? `NOT KNOWN whether its faults are undone: the ledger could not be read. See: ${status}`
      : `NOT UNDONE: ${open.length === 0 ? 'something of it may be in place' : `${counted(open.length, 'fault')} of it may be in place`}.${ended === undefined ? '' : ` ${endText(id, ended)}`}`,
    ...inPlaceLines(open),
    ...(stop === undefined ? [] : ['The stop is set, and chaos_janitor goes on undoing them.']),
    `What undoes each by hand: ./chaos strikes --active${flags}`,
    `To undo them from here, without any function: ./chaos undo ${open.length === 0 ? '--all' : open.map((one) => one.id).join(' ')}${flags}`,
  ].join('\n');
}

function endText(id: string, { verdict, why }: NonNullable<ExperimentRecord['ended']>): string {
  return `${id} ended as ${verdict}: ${line(why)}`;
}

export function janitorNotStartedText(why: string): string {
  return `chaos_janitor could not be started: ${why}\n  Whoever runs the experiment undoes its faults by itself, and chaos_janitor within a minute.`;
}

/** Printed after some seconds of waiting. */
export function experimentMeanwhileText(progress: ExperimentStopProgress): string {
  return `Not stopped yet. To stop it without waiting:\n${lastResort(progress)}`;
}

/** First what is certain, then commands that help, with the known values filled in. */
export function experimentNotStoppedText(message: string, progress: ExperimentStopProgress): string {
  const { region, table, profile, id = '' } = progress;
  const others = `If nothing else works:\n${lastResort(progress)}`;
  if (!progress.mayBeSet()) return `NOT STOPPED. ${message}\n${others}`;
  const flags = deploymentFlags({ region, table, profile });
  return `NOT KNOWN whether it is stopped. ${message}\n  See: ./chaos experiment status ${id}${flags}\nTo be sure, stop it again. ${others}`;
}

function lastResort({ account, region, table, profile, id, reason }: ExperimentStopProgress): string {
  const whose = account === undefined ? 'the master account' : `account ${account}`;
  return `  ${stopExperimentByAwsCli({ region, table, profile, id, reason })}
with credentials of ${whose}; or stop everything: ./chaos stop${deploymentFlags({ region, table, profile })}
One that was started with --sandbox is stopped by Ctrl-C, where it runs.`;
}
