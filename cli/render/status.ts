import { subject } from '#core/message/subject.ts';
import { maxText, oneLine } from '#core/message/words.ts';
import type { Stop } from '#core/ports.ts';
import type { RunReport } from '#core/report.ts';
import type { Paint } from '../shared/terminal.ts';

/** What `status --json` prints. */
export interface Status {
  readonly region: string;
  readonly table: string;
  /** Null when there is none. */
  readonly stop: Stop | null;
  /** What the configuration here says; null where it cannot be read. What is deployed may be older. */
  readonly leashed: boolean | null;
  /** Newest first. */
  readonly runs: readonly RunReport[];
}

/** How long the reason of a stop may be, in characters: as much as is shown. */
export const maxReason = 500;

export function statusText(
  { stop, leashed, runs, table, region }: Status,
  paint: Paint,
  resume: string,
): string {
  return [
    stop === null
      ? paint(['bold', 'green'], 'Not stopped.')
      : `${paint(['bold', 'inverse', 'red'], ' STOPPED ')} ${stopText(stop)}\nTo let it go on: ${resume}`,
    leashText(leashed, paint),
    `Ledger: table ${table} in ${region}`,
    '',
    ...(runs.length === 0
      ? ['No run has been made yet.']
      : [paint('bold', 'Last runs, newest first:'), ...runs.map((report) => runText(report, paint))]),
  ].join('\n');
}

/** `"deploy freeze", by arn:aws:iam::111122223333:user/ann at 2026-11-23T09:00:00.000Z`. */
export function stopText({ reason, by, at }: Stop): string {
  return `"${oneLine(reason, maxReason)}", by ${oneLine(by, maxText)} at ${oneLine(at, maxText)}`;
}

function leashText(leashed: boolean | null, paint: Paint): string {
  if (leashed === null) return 'Leashed: not known, the configuration here cannot be read.';
  return leashed
    ? `${paint('cyan', 'Leashed')} by the configuration here: no run touches anything.`
    : `${paint('yellow', 'Not leashed')} by the configuration here: live runs strike.`;
}

function runText(report: RunReport, paint: Paint): string {
  const { startedAt, runId, door } = report;
  const name = paint('dim', `run ${oneLine(runId, maxText)}, door ${door}`);
  return `  ${startedAt.slice(0, 19)}Z  ${subject(report)}\n    ${name}`;
}
