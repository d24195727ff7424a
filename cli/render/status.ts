import { windowText } from '#core/calendar/schedule.ts';
import { attributionText } from '#core/messages/attribution.ts';
import { inZone, momentText } from '#core/messages/moment-text.ts';
import { subject } from '#core/messages/subject.ts';
import type { Stop } from '#core/model/control-record.ts';
import type { HeldGroup } from '#core/model/held-groups.ts';
import type { StrikeEntry } from '#core/model/strike.ts';
import type { ExperimentRecord } from '#core/reports/experiment-record.ts';
import type { RunReport } from '#core/reports/run-report.ts';
import { counted, durationText, maxText, oneLine } from '#core/util/format.ts';
import { shellWord } from '#core/util/shell-word.ts';
import type { DeployedConfiguration } from '#lib/config/deployed-configuration.ts';
import type { Paint } from '../terminal/terminal.ts';
import { line, maxListed, more, type Section, table, titled } from './layout.ts';

/** What `status --json` prints. */
export interface Status {
  readonly region: string;
  readonly table: string;
  /** The local and the deployed version; null if unknown. */
  readonly version: { readonly here: string; readonly deployed: string | null };
  /** Null when there is none. */
  readonly stop: Stop | null;
  /** From the deployed configuration; null if unknown. */
  readonly leashed: boolean | null;
  readonly configuration: DeployedConfiguration | null;
  /** Groups with a veto or a leash, by key. */
  readonly held: readonly HeldGroup[];
  /** Strikes whose recovery is not verified yet, oldest first. */
  readonly open: readonly OpenStrike[];
  /** That run in AWS, oldest first. */
  readonly experiments: readonly RunningExperiment[];
  /** Newest first. */
  readonly runs: readonly RunReport[];
}

/** What wakes it is for the janitor. */
type RunningExperiment = Omit<ExperimentRecord, 'wakeUp'>;

export interface OpenStrike extends Pick<StrikeEntry, 'group' | 'target' | 'runId' | 'state' | 'at'> {
  /** Time since it was claimed. */
  readonly openForMs: number;
}

/** `now` is when the ledger was read, epoch ms. */
export function openStrike({ group, runId, state, at, target }: StrikeEntry, now: number): OpenStrike {
  return { group, target, runId, state, at, openForMs: Math.max(0, now - Date.parse(at)) };
}

/** How to format a status. */
export interface StatusView {
  readonly paint: Paint;
  readonly timeZone: string;
  /** Options that say where the monkey is deployed, for commands: ` --region eu-west-1`, or nothing. */
  readonly flags: string;
  /** Why the deployed configuration is unknown, if it is. */
  readonly unknown: string;
}

export function statusText(status: Status, view: StatusView): string {
  const { stop, runs, region } = status;
  const { paint, timeZone, flags } = view;
  return [
    stop === null
      ? paint(['bold', 'green'], 'Not stopped.')
      : `${paint(['bold', 'inverse', 'red'], ' STOPPED ')} ${attributionText(stop, timeZone)}\nTo resume: ./chaos resume${flags}`,
    ...configurationLines(status, view),
    `Ledger: table ${status.table} in ${region}`,
    ...heldSection(status.held, view),
    ...openSection(status.open, paint),
    ...experimentsSection(status.experiments, view),
    '',
    ...(runs.length === 0
      ? ['There has been no run yet.']
      : [
          paint('bold', `Last runs, newest first (${timeZone}):`),
          ...runs.map((report) => runText(report, timeZone, paint)),
        ]),
  ].join('\n');
}

function configurationLines(
  { configuration, version }: Status,
  { paint, unknown, timeZone }: StatusView,
): Section {
  if (configuration === null) {
    return [
      `Deployed leash, schedule and version: unknown (${unknown}).`,
      `Local version: ${version.here}. Times are in ${timeZone}.`,
    ];
  }
  const { leashed, schedule, accounts, accountRegions } = configuration;
  return [
    leashed
      ? `${paint('cyan', 'Leashed')} by the deployed configuration: runs touch nothing.`
      : `${paint('yellow', 'Not leashed')} by the deployed configuration: live runs strike.`,
    `Schedule: ${windowText(schedule)}, every ${schedule.everyMinutes} minutes`,
    `Targets: ${counted(accounts, 'account')}, ${counted(accountRegions, 'account-region')}`,
    version.deployed === version.here
      ? `Version: ${version.here}`
      : paint('yellow', `Version: ${line(configuration.version)} deployed, ${version.here} local`),
  ];
}

/** Leashes come first: somebody has to lift them. */
function heldSection(held: readonly HeldGroup[], { paint, timeZone, flags }: StatusView): Section {
  const leashed = held.flatMap(({ group, leash }) => (leash === undefined ? [] : [{ group, leash }]));
  const vetoed = held.flatMap(({ group, veto }) => (veto === undefined ? [] : [{ group, veto }]));
  const lift = leashed.length === 1 ? shellWord(line(leashed[0]?.group ?? '')) : 'GROUP';
  return [
    ...(held.length === 0 ? ['No group is leashed or vetoed.'] : []),
    ...titled(
      paint('yellow', `Leashed: ${counted(leashed.length, 'group')}`),
      table(leashed.map(({ group, leash }) => [group, attributionText(leash, timeZone)])),
    ),
    ...(leashed.length === 0 ? [] : [`  To lift a leash: ./chaos leash ${lift} --off${flags}`]),
    ...titled(
      paint('yellow', `Vetoed: ${counted(vetoed.length, 'group')}`),
      table(
        vetoed.map(({ group, veto }) => [
          group,
          `until ${inZone(veto.until, timeZone)}: ${attributionText(veto, timeZone)}`,
        ]),
      ),
    ),
  ];
}

function openSection(open: readonly OpenStrike[], paint: Paint): Section {
  const [oldest] = open;
  if (oldest === undefined) return ['All strikes are verified.'];
  const title = `Not verified yet: ${counted(open.length, 'strike')}, the oldest for ${durationText(oldest.openForMs)}`;
  return [
    paint('yellow', title),
    ...open
      .slice(0, maxListed)
      .flatMap(({ group, target, state, openForMs, runId }) => [
        `  ${line(target.id)}  ${state} for ${durationText(openForMs)}, run ${line(runId)}`,
        `    ${line(group)}`,
      ]),
    ...more(open.length - maxListed),
  ];
}

function experimentsSection(
  experiments: readonly RunningExperiment[],
  { paint, timeZone, flags }: StatusView,
): Section {
  if (experiments.length === 0) return [];
  return [
    paint('yellow', `Running: ${counted(experiments.length, 'experiment')}`),
    ...table(
      experiments.map(({ id, title, startedBy, startedAt, stop }) => [
        id,
        `${stop === undefined ? '' : 'stopping: '}${title}, by ${startedBy} since ${inZone(startedAt, timeZone)}`,
      ]),
    ),
    `  How they stand: ./chaos experiment status${flags}`,
  ];
}

function runText(report: RunReport, timeZone: string, paint: Paint): string {
  const { startedAt, runId, trigger } = report;
  const name = paint('dim', `run ${oneLine(runId, maxText)}, trigger ${trigger}`);
  return `  ${momentText(startedAt, timeZone)}  ${subject(report)}\n    ${name}`;
}
