import { subject } from '#core/message/subject.ts';
import { counted, durationText, maxText, oneLine } from '#core/message/words.ts';
import type { Stop, StrikeEntry } from '#core/ports.ts';
import type { RunReport } from '#core/report.ts';
import type { Paint } from '../shared/terminal.ts';
import { type Section, table } from './report-sections.ts';
import { said } from './said.ts';

/** What `status --json` prints. */
export interface Status {
  readonly region: string;
  readonly table: string;
  /** Null when there is none. */
  readonly stop: Stop | null;
  /** What the configuration here says; null where it cannot be read. What is deployed may be older. */
  readonly leashed: boolean | null;
  /** Strikes whose groups have not been seen to recover yet, oldest first. */
  readonly open: readonly OpenStrike[];
  /** Newest first. */
  readonly runs: readonly RunReport[];
}

export interface OpenStrike extends Pick<StrikeEntry, 'group' | 'runId' | 'state' | 'at'> {
  readonly instanceId: string;
  /** Since it was claimed. */
  readonly openForMs: number;
}

/** `now`, epoch ms, is when the ledger was read. */
export function openStrike({ group, runId, state, at, target }: StrikeEntry, now: number): OpenStrike {
  const { instanceId } = target;
  return { group, instanceId, runId, state, at, openForMs: Math.max(0, now - Date.parse(at)) };
}

export function statusText(status: Status, paint: Paint, resume: string): string {
  const { stop, leashed, runs, region } = status;
  return [
    stop === null
      ? paint(['bold', 'green'], 'Not stopped.')
      : `${paint(['bold', 'inverse', 'red'], ' STOPPED ')} ${said(stop)}\nTo let it go on: ${resume}`,
    leashText(leashed, paint),
    `Ledger: table ${status.table} in ${region}`,
    ...openSection(status.open, paint),
    '',
    ...(runs.length === 0
      ? ['No run has been made yet.']
      : [paint('bold', 'Last runs, newest first:'), ...runs.map((report) => runText(report, paint))]),
  ].join('\n');
}

function openSection(open: readonly OpenStrike[], paint: Paint): Section {
  const [oldest] = open;
  if (oldest === undefined) return ['No strike waits for its group to recover.'];
  const ids = (one: OpenStrike) => `${one.group} ${one.instanceId}`;
  const title = `Not verified yet: ${counted(open.length, 'strike')}, the oldest for ${durationText(oldest.openForMs)}`;
  return [
    paint('yellow', title),
    ...table(
      open.map((one) => [ids(one), `${one.state} for ${durationText(one.openForMs)}, run ${one.runId}`]),
      open.length,
      '  ',
    ),
  ];
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
