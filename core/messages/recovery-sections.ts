import { groupPlace, groupText } from '../model/describe.ts';
import type { Recovered, Recovery } from '../model/recovery.ts';
import { counted, durationText, grouped, maxText, oneLine, toTheSecond } from '../util/format.ts';
import type { Tellable } from './notable.ts';
import type { Entry, Section } from './section.ts';

/** Groups that are broken and leashed now. */
export function notRecoveredSection({ counts, recoveries }: Tellable, limit: number): Section {
  return section('NOT RECOVERED', counts.notRecovered, ofOutcome(recoveries, 'not-recovered'), limit);
}

export function recoveredSection({ counts, recoveries }: Tellable, limit: number): Section {
  return section('Recovered', counts.recovered, ofOutcome(recoveries, 'recovered'), limit);
}

/** Groups that somebody took away before they could recover. */
export function goneSection(report: Tellable, limit: number): Section {
  return section('Gone since the strike', goneCount(report), ofOutcome(report.recoveries, 'gone'), limit);
}

/** Of these there is no count in the report: they are the rest. */
export function goneCount({ counts, recoveries, omitted }: Tellable): number {
  return recoveries.length + (omitted?.recoveries ?? 0) - counts.recovered - counts.notRecovered;
}

export function ofOutcome(
  recoveries: readonly Recovered[],
  outcome: Recovery['outcome'],
): readonly Recovered[] {
  return recoveries.filter(({ recovery }) => recovery.outcome === outcome);
}

/** `in 3 min 12 s: 2 of 2 desired are healthy`; of one that did not recover, what was seen. */
export function recoveryText({ tookMs, exact, text }: Recovery): string {
  if (tookMs === undefined) return text;
  return `in ${exact === true ? '' : 'at most '}${durationText(tookMs)}: ${text}`;
}

function section(title: string, count: number, recoveries: readonly Recovered[], limit: number): Section {
  const shown = recoveries.slice(0, limit);
  return {
    title: `${title}: ${counted(count, 'group')}`,
    entries: shown.map(entry),
    more: count > shown.length ? `and ${grouped(count - shown.length)} more` : undefined,
  };
}

function entry({ group, instanceId, struckAt, recovery }: Recovered): Entry {
  const joint = recovery.tookMs === undefined ? ': ' : ' ';
  // What was seen of a group that did not recover names the instance already.
  const struck = `${recovery.outcome === 'not-recovered' ? '' : `${instanceId} `}struck at ${toTheSecond(struckAt)}`;
  return {
    what: oneLine(`${groupText(group)}${joint}${recoveryText(recovery)}`, maxText),
    where: oneLine([groupPlace(group), struck].filter((part) => part !== undefined).join(', '), maxText),
  };
}
