import { faultText } from '../model/fault-text.ts';
import type { Recovered, Recovery } from '../model/recovery.ts';
import type { Target } from '../model/target.ts';
import type { Counts, Strike } from '../reports/run-report.ts';
import { durationText } from '../util/format.ts';
import type { AnnouncedReport } from './announced-report.ts';
import { failureSection } from './failure-section.ts';
import { type Limits, listed, listedByKind, type Section } from './section.ts';

/** What happened: groups that did not recover first, failures last, next to the totals and what to do. */
export function reportSections(report: AnnouncedReport, limits: Limits): readonly Section[] {
  const { counts, recoveries, omitted, failures } = report;
  // The report has no count of these: they are the rest.
  const gone = recoveries.length + (omitted?.recoveries ?? 0) - counts.recovered - counts.notRecovered;
  const struck = (outcome: Strike['outcome'], section: Pick<Section, 'title' | 'tone'>) =>
    strikeSection(report, outcome, section, limits);
  const ended = (outcome: Recovery['outcome'], section: Omit<Section, 'parts' | 'unit'>): Section => ({
    ...section,
    unit: 'group',
    parts: listed(
      selectOutcome(recoveries, outcome),
      recoveryEntry,
      section.count,
      limits.strikes,
      limits.rest,
    ),
  });
  return [
    ended('not-recovered', { title: 'NOT RECOVERED', count: counts.notRecovered, tone: 'alarm' }),
    struck('succeeded', { title: 'Struck', tone: 'bad' }),
    struck('leashed', { title: 'Would have struck', tone: 'info' }),
    struck('unknown', { title: 'Not known whether struck', tone: 'warn' }),
    struck('failed', { title: 'Could not strike', tone: 'bad' }),
    ended('recovered', { title: 'Recovered', count: counts.recovered, tone: 'good' }),
    ended('gone', { title: 'Gone since the strike', count: gone, tone: 'plain' }),
    spareSection(report, limits),
    // Failed strikes have their own section.
    failureSection(counts.failed > 0 ? 'Other failures' : 'Failures', failures, counts.failures, limits),
  ];
}

export function selectOutcome(
  recoveries: readonly Recovered[],
  outcome: Recovery['outcome'],
): readonly Recovered[] {
  return recoveries.filter(({ recovery }) => recovery.outcome === outcome);
}

/** `in 3 min 12 s: 2 of 2 desired are healthy`; for a group that did not recover, what was seen. */
export function recoveryText({ tookMs, exact, text }: Recovery): string {
  if (tookMs === undefined) return text;
  return `in ${exact === true ? '' : 'at most '}${durationText(tookMs)}: ${text}`;
}

export function sparedCount({ spared }: Pick<Counts, 'spared'>): number {
  return Object.values(spared).reduce((sum, count) => sum + count, 0);
}

function recoveryEntry({ group, target, struckAt, recovery }: Recovered) {
  return { name: group, text: recoveryText(recovery), details: [`${target.id}, struck at ${struckAt}`] };
}

/** Strikes with the same outcome, each with the reason why its group was struck. */
function strikeSection(
  { strikes, decisions = [], counts }: AnnouncedReport,
  outcome: Strike['outcome'],
  section: Pick<Section, 'title' | 'tone'>,
  limits: Limits,
): Section {
  const reasons = new Map(
    decisions.filter(({ verdict }) => verdict === 'strike').map(({ group, reason }) => [group, reason.text]),
  );
  const entry = ({ group, target, fault, detail }: Strike) => ({
    name: target.id,
    text: outcome === 'leashed' ? faultText(fault) : `${faultText(fault)}: ${detail}`,
    details: [[placeText(group, target), reasons.get(group)].filter((part) => part !== undefined).join(': ')],
  });
  const made = strikes.filter((strike) => strike.outcome === outcome);
  const count = counts[outcome];
  const parts = listed(made, entry, count, limits.strikes, limits.rest);
  return { ...section, count, unit: 'target', parts };
}

function placeText(group: string, { facts: { zone } }: Target): string {
  return zone === undefined ? group : `${group}, zone ${zone}`;
}

/** Spared groups, by reason. */
function spareSection(
  { counts, decisions = [] }: AnnouncedReport,
  { spared: limit = 0, rest }: Limits,
): Section {
  // If only the counts are shown, a sweep's decisions need no sorting.
  const byCode = Map.groupBy(
    limit === 0 ? [] : decisions.filter(({ verdict }) => verdict === 'spare'),
    ({ reason }) => reason.code,
  );
  const kinds = Object.entries(counts.spared).map(([name, count]) => ({
    name,
    count,
    items: byCode.get(name) ?? [],
  }));
  const parts = listedByKind(
    kinds,
    ({ group, reason, also = [] }) => ({
      name: group,
      text: [reason, ...also].map(({ text }) => text).join('; also '),
      details: [],
    }),
    { limit, rest },
  );
  return { title: 'Spared', count: sparedCount(counts), unit: 'group', tone: 'warn', parts };
}
