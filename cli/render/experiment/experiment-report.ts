import { oddsText } from '#core/experiment/wording/numbers.ts';
import { meaningOf, verdictWords } from '#core/experiment/wording/verdict-words.ts';
import { inZone } from '#core/messages/moment-text.ts';
import type { ExperimentReport } from '#core/reports/experiment-report.ts';
import { durationText } from '#core/util/format.ts';
import type { Paint } from '../../terminal/terminal.ts';
import { line, maxListed, more, paragraphs, type Section, styles, titled } from '../layout.ts';
import { type ProbeTableView, probeTable } from './probe-table.ts';
import { experimentStrikes } from './strike-lines.ts';

export interface ReportView extends ProbeTableView {
  readonly timeZone: string;
  /** Where the HTML page was written or can be fetched; undefined where there is none. */
  readonly page: string | undefined;
  /** Options that locate the deployment, for commands: ` --region eu-west-1`, or nothing. */
  readonly flags: string;
}

/** A report of an experiment: the verdict first, and what to do next before any number. */
export function experimentReportText(
  report: ExperimentReport,
  { paint, width, timeZone, page, flags }: ReportView,
): string {
  const { next, failures, notes } = report;
  return inZone(
    paragraphs([
      verdictLines(report, paint),
      hypothesisLines(report),
      titled(
        paint('bold', 'What to do next'),
        next.slice(0, maxListed).map((step) => `  - ${withFlags(line(step), flags)}`),
      ),
      titled(paint('bold', 'What was measured'), probeTable(report.probes, { paint, width })),
      experimentStrikes(report, paint, flags),
      titled(paint(styles.warn, 'Failures'), [
        ...failures
          .slice(0, maxListed)
          .map(({ stage, code, message }) => `  ${stage}  ${line(`${code}: ${message}`)}`),
        ...more(failures.length - maxListed),
      ]),
      titled(
        paint('bold', 'Notes'),
        notes.slice(-maxListed).map(({ by, text }) => `  ${line(by)}  ${line(text)}`),
      ),
      footerLines(report, paint, page),
    ]),
    timeZone,
  );
}

/** Reports are written where nobody knows how their readers find the deployment. */
function withFlags(text: string, flags: string): string {
  const commands = /\.\/chaos (?:undo(?: --all| [0-9a-f]{16})+|experiment \w+ \d{8}T\d{6}Z-[0-9a-f]{8})/g;
  return text.replaceAll(commands, (command) => `${command}${flags}`);
}

function verdictLines(report: ExperimentReport, paint: Paint): Section {
  const { verdict, title, rehearsal, ranWith } = report;
  const { word, tone } = verdictWords(verdict);
  const badge = paint(
    [...styles[tone], ...(tone === 'alarm' ? [] : ['inverse' as const])],
    ` ${word.toUpperCase()} `,
  );
  const odds = verdict.evidence === undefined ? [] : [`${oddsText(verdict.evidence.reached)} against chance`];
  // What stops it is the reason, as a rule.
  const by = verdict.by === undefined || verdict.by === verdict.why ? [] : [line(verdict.by)];
  return [
    `${badge} ${paint('bold', line(title))}`,
    ...(rehearsal ? [paint(styles.info, 'A rehearsal: no fault was injected.')] : []),
    ...(ranWith === undefined ? [] : [`It ran with ${line(ranWith)}.`]),
    meaningOf(report),
    [line(verdict.why), ...odds, ...by].join('; '),
  ];
}

function hypothesisLines({ hypothesis }: ExperimentReport): Section {
  return [`  if    ${line(hypothesis.if)}`, `  then  ${line(hypothesis.then)}`];
}

function footerLines(report: ExperimentReport, paint: Paint, page: string | undefined): Section {
  const { id, startedAt, endedAt, stages, startedBy, trigger } = report;
  const by = line(startedBy === trigger ? startedBy : `${startedBy} (${trigger})`);
  const took = durationText(Date.parse(endedAt) - Date.parse(startedAt));
  return [
    ...(page === undefined ? [] : [`${paint('bold', 'Report')}  ${line(page)}`]),
    paint(
      'dim',
      `Experiment ${line(id)}, begun at ${startedAt} by ${by}, took ${took}; stage ${stages.reached} of ${stages.planned}.`,
    ),
  ];
}
