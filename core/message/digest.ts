import type { Door, Failure, Strike } from '../report.ts';
import { subject } from './subject.ts';
import { counted, faultText, grouped, groupText, oneLine, tally } from './words.ts';
import type { Tellable } from './worth-telling.ts';

/** A run in words, before it is laid out for e-mail, Slack or Teams. Every text is one line, free of control characters. */
export interface Digest {
  readonly headline: string;
  /** What a reader has to know before the rest: leashed and why, a gate closed, groups not found. */
  readonly notes: readonly string[];
  readonly sections: readonly Section[];
  /** What to do now, each with its command or query. */
  readonly actions: readonly Action[];
  /** Which run this was. */
  readonly footer: readonly string[];
}
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
export interface Action {
  readonly title: string;
  readonly command: string;
}

/** How many entries of each section are shown. The counts are always whole. */
export interface Limits {
  readonly strikes: number;
  readonly failures: number;
}

/** A name of AWS's has at most 255 characters, our own details and errors 400: what is longer comes from elsewhere. */
const maxText = 400;

export function digest(report: Tellable, limits: Limits): Digest {
  return {
    headline: subject(report),
    notes: notes(report).map((note) => oneLine(note, maxText)),
    sections: sections(report, limits).filter(
      ({ entries, more }) => entries.length > 0 || more !== undefined,
    ),
    actions: actions(report),
    footer: footer(report).map((line) => oneLine(line, maxText)),
  };
}

function notes({ leashedBecause, outcome, gates, groupsNotFound }: Tellable): readonly string[] {
  const held = outcome === 'closed' ? 'Nothing was looked at' : 'A live run would have ended here';
  return [
    ...(leashedBecause === undefined ? [] : [`Nothing was touched: ${leashedBecause}`]),
    ...gates.filter(({ open }) => !open).map(({ gate, text }) => `${held}. Gate ${gate}: ${text}`),
    ...(groupsNotFound.length === 0
      ? []
      : [`Not found, mistyped or not opted in: ${groupsNotFound.join(', ')}`]),
  ];
}

function sections(report: Tellable, limits: Limits): readonly Section[] {
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
  ];
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

function actions({ runId, gates }: Tellable): readonly Action[] {
  const stopped = gates.some(({ gate, open }) => gate === 'stop' && !open);
  return [
    ...(stopped ? [] : [{ title: 'Stop the monkey', command: 'npx chaos stop --reason "..."' }]),
    {
      title: 'Every decision, in CloudWatch Logs Insights on the log of chaos_monkey',
      command: `filter runId = "${oneLine(runId, maxText)}" | sort @timestamp`,
    },
  ];
}

const doors: Record<Door, string> = {
  schedule: 'the schedule',
  invoke: 'a direct invocation',
  api: 'the API',
  cli: 'the command line',
};

function footer({ runId, slot, door, startedAt, durationMs, outcome, counts }: Tellable): readonly string[] {
  const groups = counted(counts.groups, 'group');
  const looked = `Looked at ${groups} in ${counted(counts.accounts, 'account')} (${counted(counts.regionsSurveyed, 'account-region')}).`;
  const began = startedAt.replace(/\.\d+Z$/, 'Z');
  const took = `${(durationMs / 1000).toFixed(1)} s`;
  return [
    ...(outcome === 'closed' ? [] : [looked]),
    `Run ${runId}, slot ${slot}, started by ${doors[door]} at ${began}, took ${took}.`,
  ];
}
