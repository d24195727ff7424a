import type { Failure, Strike } from '../report.ts';
import { counted, faultText, grouped, groupText, maxText, oneLine, tally } from './words.ts';
import type { Tellable } from './worth-telling.ts';

/** A part of a digest: one kind of thing that happened. */
export interface Section {
  readonly title: string;
  readonly entries: readonly Entry[];
  /** What the entries leave out; undefined if nothing. */
  readonly more: string | undefined;
}
export interface Entry {
  readonly what: string;
  /** Undefined when it concerns no place in particular. */
  readonly where: string | undefined;
}
/** How many entries of each section are shown. The counts are always whole. */
export interface Limits {
  readonly strikes: number;
  readonly failures: number;
}

/** What happened, as far as it did: a part without entries has nothing to say. */
export function sections(report: Tellable, limits: Limits): readonly Section[] {
  const { strikes, counts } = report;
  const of = (outcome: Strike['outcome']) => strikes.filter((strike) => strike.outcome === outcome);
  const spared = Object.entries(counts.spared);
  return [
    strikeSection('Struck', counts.succeeded, of('succeeded'), limits.strikes),
    strikeSection('Would have struck', counts.leashed, of('leashed'), limits.strikes),
    strikeSection('Could not strike', counts.failed, of('failed'), limits.strikes),
    failureSection(report, limits.failures),
    {
      title: `Spared: ${counted(
        spared.reduce((sum, [, count]) => sum + count, 0),
        'group',
      )}`,
      entries: spared.length === 0 ? [] : [{ what: oneLine(tally(spared), maxText), where: undefined }],
      more: undefined,
    },
  ].filter(({ entries, more }) => entries.length > 0 || more !== undefined);
}

function strikeSection(title: string, count: number, strikes: readonly Strike[], limit: number): Section {
  const shown = strikes.slice(0, limit);
  return {
    title: `${title}: ${counted(count, 'instance')}`,
    entries: shown.map((strike) => ({
      what: oneLine(strikeText(strike), maxText),
      where: oneLine(
        `${groupText(strike.group)}, account ${strike.account}, ${strike.region}, zone ${strike.zone}`,
        maxText,
      ),
    })),
    more: count > shown.length ? `and ${grouped(count - shown.length)} more` : undefined,
  };
}

function strikeText({ instanceId, fault, outcome, detail }: Strike): string {
  const what = `${instanceId}: ${faultText(fault)}`;
  return outcome === 'leashed' ? what : `${what}: ${detail}`;
}

function failureSection({ counts, failures }: Tellable, limit: number): Section {
  const shown = failures.length <= limit ? failures : firstOfEachKind(failures).slice(0, limit);
  const kinds = new Map<string, number>();
  for (const failure of failures) kinds.set(kindOf(failure), (kinds.get(kindOf(failure)) ?? 0) + 1);
  const rest = counts.failures - shown.length;
  // Where the report itself was cut, the kinds of all cannot be told.
  const all = failures.length === counts.failures ? `; in all: ${tally(kinds)}` : '';
  return {
    // Strikes that failed have a section of their own.
    title: `${counts.failed > 0 ? 'Other failures' : 'Failures'}: ${grouped(counts.failures)}`,
    entries: shown.map((failure) => ({
      what: oneLine(`${kindOf(failure)}: ${failure.message}`, maxText),
      where: place(failure),
    })),
    more: rest > 0 ? oneLine(`and ${grouped(rest)} more${all}`, maxText) : undefined,
  };
}

/** A thousand accounts that fail alike must not hide the one that fails otherwise: three of each kind, each kind's first before any second. */
function firstOfEachKind(failures: readonly Failure[]): readonly Failure[] {
  const seen = new Map<string, number>();
  const rounds: Failure[][] = [[], [], []];
  for (const failure of failures) {
    const round = seen.get(kindOf(failure)) ?? 0;
    seen.set(kindOf(failure), round + 1);
    rounds[round]?.push(failure);
  }
  return rounds.flat();
}

function kindOf({ stage, code }: Failure): string {
  return `${stage}: ${code}`;
}

function place({ account, region, group }: Failure): string | undefined {
  const parts = [
    ...(group === undefined ? [] : [groupText(group)]),
    ...(account === undefined ? [] : [`account ${account}`]),
    ...(region === undefined ? [] : [region]),
  ];
  return parts.length === 0 ? undefined : oneLine(parts.join(', '), maxText);
}
