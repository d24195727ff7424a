import type { ExperimentNotice } from '../reports/experiment-notice.ts';
import type { ExperimentReport } from '../reports/experiment-report.ts';
import type { Plan } from '../reports/plan.ts';
import type { Counts } from '../reports/run-report.ts';
import type { UndoReport } from '../reports/undo-report.ts';
import { counted, grouped } from '../util/format.ts';
import type { AnnouncedReport } from './announced-report.ts';
import { countPlanned, dayText } from './plan-text.ts';

/** The limit of SNS for a subject: less than 100 characters of printable ASCII. Source: SNS API reference, Publish. */
const maxLength = 99;

/** A run in one line, the most important first: the subject of an e-mail, the headline in a chat. */
export function subject(report: AnnouncedReport): string {
  const [whole, brief] = [accounts(report), ''].map((where) =>
    ascii(`${monkey(report)}${summary(report, where)}`),
  ) as [string, string];
  return whole.length <= maxLength ? whole : brief.slice(0, maxLength);
}

/** A plan in one line, likewise. */
export function planSubject(plan: Plan): string {
  const { from, to } = plan;
  const count = countPlanned(plan);
  const drawn = count === 0 ? 'nothing is' : `${counted(count, 'strike')} ${count === 1 ? 'is' : 'are'}`;
  const days = from === to ? dayText(from) : `${dayText(from)} to ${dayText(to)}`;
  return `${monkey(plan)}: ${drawn} drawn for ${days}`;
}

/** What people have to see to, in one line, likewise. */
export function undoSubject({ strikes }: UndoReport): string {
  const failing = strikes.filter(({ outcome }) => outcome === 'failing').length;
  const contested = strikes.filter(({ outcome }) => outcome === 'contested').length;
  const all = [
    ...(failing > 0 ? [`${counted(failing, 'fault')} could NOT be undone`] : []),
    ...(strikes.length === 0 ? ['faults may be left that nobody can undo'] : []),
    ...(contested > 0 ? [`${counted(contested, 'target')} changed by somebody else and left alone`] : []),
  ];
  return `Chaos monkey: ${all.join(', ')}`.slice(0, maxLength);
}

const verdictTexts: Readonly<Record<ExperimentReport['verdict']['is'], string>> = {
  survived: 'survived',
  deviated: 'DEVIATED',
  'not-steady': 'had no steady state',
  inconclusive: 'is inconclusive',
  aborted: 'was aborted',
  failed: 'FAILED',
  'undo-failed': 'is NOT UNDONE',
};

/** An experiment in one line, likewise. */
export function experimentSubject(notice: ExperimentNotice): string {
  const who = notice.rehearsal ? 'REHEARSAL: chaos experiment' : 'Chaos experiment';
  return ascii(`${who} ${newsText(notice)}: ${notice.title}`).slice(0, maxLength);
}

function newsText(notice: ExperimentNotice): string {
  switch (notice.is) {
    case 'soon':
      return 'begins';
    case 'aborted':
      return notice.isUndone ? 'ABORTED' : 'ABORTED, NOT UNDONE';
    case 'ended':
      return verdictTexts[notice.verdict];
    case 'died':
      return notice.verdict === 'undo-failed' ? 'died, NOT UNDONE' : 'died';
  }
}

function monkey({ mode }: Pick<AnnouncedReport, 'mode'>): string {
  return mode === 'leashed' ? 'LEASHED: chaos monkey' : 'Chaos monkey';
}

function summary(report: AnnouncedReport, where: string): string {
  const { task, mode, outcome, counts } = report;
  const broken = counts.notRecovered > 0 ? [`${counted(counts.notRecovered, 'group')} did NOT recover`] : [];
  const well = counts.recovered > 0 ? [`${counted(counts.recovered, 'group')} recovered`] : [];
  const failures = counts.failed + counts.failures;
  const failed = failures > 0 ? [counted(failures, 'failure')] : [];

  const struck = struckText(mode, counts, where);
  if (struck !== undefined) return ` ${[struck, ...broken, ...failed].join('; ')}`;
  const news = [...broken, ...well, ...failed];
  if (task === 'verify') {
    return news.length === 0 ? ' verified earlier strikes' : `: ${news.join(', ')}`;
  }
  if (outcome === 'closed') return `: ${[...news, heldBack(report)].join(', ')}`;
  const nothing = mode === 'live' ? 'struck nothing' : 'would have struck nothing';
  return news.length === 0 ? ` ${nothing}` : `: ${[...news, nothing].join(', ')}`;
}

/** Undefined if nothing was struck, as far as is known. */
function struckText(
  mode: AnnouncedReport['mode'],
  { succeeded, unknown, leashed }: Counts,
  where: string,
): string | undefined {
  if (mode === 'leashed') {
    return leashed === 0 ? undefined : `would have struck ${counted(leashed, 'target')}${where}`;
  }
  if (succeeded === 0) {
    return unknown === 0 ? undefined : `perhaps struck ${counted(unknown, 'target')}${where}`;
  }
  const perhaps = unknown === 0 ? '' : `, perhaps ${grouped(unknown)} more`;
  return `struck ${counted(succeeded, 'target')}${where}${perhaps}`;
}

function accounts({ strikes, omitted }: AnnouncedReport): string {
  // If the list is truncated, accounts cannot be counted.
  if (omitted !== undefined && omitted.strikes > 0) return '';
  const [first, ...others] = new Set(
    strikes.filter(({ outcome }) => outcome !== 'failed').map(({ target }) => target.account),
  );
  if (first === undefined) return '';
  return others.length === 0 ? ` in account ${first}` : ` in ${counted(others.length + 1, 'account')}`;
}

function heldBack({ gates }: AnnouncedReport): string {
  const closed = gates.filter(({ open }) => !open).map(({ gate }) => gate);
  return `held back by the gate ${closed.join(', ')}`;
}

function ascii(text: string): string {
  return text.replace(/[^ -~]/g, '?');
}
