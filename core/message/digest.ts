import type { Door } from '../report.ts';
import { type Limits, type Section, sections } from './sections.ts';
import { subject } from './subject.ts';
import { counted, maxText, oneLine } from './words.ts';
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
export interface Action {
  readonly title: string;
  readonly command: string;
}

export function digest(report: Tellable, limits: Limits): Digest {
  return {
    headline: subject(report),
    notes: notes(report).map((note) => oneLine(note, maxText)),
    sections: sections(report, limits),
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
