import { heldText } from '#core/messages/digest.ts';
import { inZone } from '#core/messages/moment-text.ts';
import { notFoundText } from '#core/messages/not-found.ts';
import { subject } from '#core/messages/subject.ts';
import type { RunReport } from '#core/reports/run-report.ts';
import { counted } from '#core/util/format.ts';
import type { Paint } from '../terminal/terminal.ts';
import { notRecoveredSection, recoveredSections } from './report-recoveries.ts';
import { failureSection, line, type Section, spareSection, strikeSections } from './report-sections.ts';

/**
 * A run for a terminal: what it was, what is broken, what it struck, who has recovered, whom it spared and why, what failed, and
 * the sums last, where the eye is when all else has scrolled by. Strikes are always listed whole.
 */
export function reportText(report: RunReport, paint: Paint, timeZone?: string): string {
  return textWith(spareSection(report, paint), report, paint, timeZone);
}

/** The same, but for the groups that were spared. */
export function outcomeText(report: RunReport, paint: Paint): string {
  return textWith([], report, paint);
}

/** Moments are told in the zone, where it is known. A slot's name is none: it is what runs are asked for by. */
function textWith(spares: Section, report: RunReport, paint: Paint, timeZone?: string): string {
  const told = (lines: Section) =>
    timeZone === undefined ? lines : lines.map((text) => inZone(text, timeZone));
  const sections = [
    headline(report, paint),
    notRecoveredSection(report, paint),
    ...strikeSections(report, paint),
    ...recoveredSections(report, paint),
    spares,
    failureSection(report, paint),
  ].map(told);
  return [...sections, footer(report, paint)]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function headline(report: RunReport, paint: Paint): Section {
  const { leashedBecause, gates, groupsNotFound } = report;
  const closed = gates.filter(({ open }) => !open);
  const open = gates.filter((gate) => gate.open).map(({ gate, text }) => `${gate} (${text})`);
  const held = heldText(report);
  return [
    // The badge has said already that it is leashed.
    `${badge(report, paint)} ${paint('bold', line(subject(report)).replace(/^LEASHED: chaos/, 'Chaos'))}`,
    ...(leashedBecause === undefined ? [] : [`Nothing was touched: ${line(leashedBecause)}`]),
    ...closed.map(({ gate, text }) =>
      paint('yellow', `${held}. Gate ${line(gate)} is closed: ${line(text)}`),
    ),
    ...(open.length === 0 ? [] : [paint('dim', `Open gates: ${line(open.join(', '))}`)]),
    ...(groupsNotFound.length === 0
      ? []
      : [paint('red', `${notFoundTitle(report)}: ${line(notFoundText(report))}`)]),
  ];
}

function badge({ task, mode }: RunReport, paint: Paint): string {
  if (task === 'verify') return paint(['bold', 'inverse'], ' VERIFY ');
  return mode === 'live'
    ? paint(['bold', 'inverse', 'red'], ' LIVE ')
    : paint(['bold', 'inverse', 'cyan'], ' LEASHED ');
}

/** What was not looked at whole may well have the group. */
function notFoundTitle({ failures, omitted }: RunReport): string {
  const unseen =
    failures.filter(({ stage }) => stage === 'assume-role' || stage === 'survey').length +
    (omitted?.failures ?? 0);
  return unseen === 0
    ? 'Not found, mistyped or not opted in'
    : `Not seen (${counted(unseen, 'failure')}: see below), mistyped or not opted in`;
}

function footer(report: RunReport, paint: Paint): Section {
  const { task, outcome, durationMs, runId, slot, omitted } = report;
  const sums = task === 'verify' ? recoverySums(report) : runSums(report);
  // A look after earlier strikes has no slot but a name of its own.
  const name = task === 'verify' ? `Run ${line(runId)}` : `Run ${line(runId)}, slot ${line(slot)}`;
  return [
    ...(omitted === undefined ? [] : [paint('yellow', line(omitted.text))]),
    ...(outcome === 'closed' ? [] : [paint('bold', sums)]),
    paint('dim', `${name}, took ${(durationMs / 1000).toFixed(1)} s`),
  ];
}

function runSums({ mode, counts }: RunReport): string {
  const spared = Object.values(counts.spared).reduce((sum, count) => sum + count, 0);
  const seen = `${counted(counts.groups, 'group')} in ${counted(counts.accounts, 'account')}, ${counted(counts.regionsSurveyed, 'account-region')} surveyed`;
  const sums = [
    mode === 'live' ? `${counts.succeeded} struck` : `${counts.leashed} would have been struck`,
    ...(counts.unknown > 0 ? [`${counts.unknown} perhaps struck`] : []),
    ...(counts.failed > 0 ? [`${counts.failed} could not be struck`] : []),
    `${spared} spared`,
    counted(counts.failures, 'failure'),
  ];
  return `${seen}: ${sums.join(', ')}`;
}

function recoverySums({ counts }: RunReport): string {
  const { recovered, notRecovered, failures } = counts;
  return `Looked after earlier strikes: ${recovered} recovered, ${notRecovered} NOT recovered, ${counted(failures, 'failure')}`;
}
