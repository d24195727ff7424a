import { type Deployment, deploymentText } from '../model/deployment.ts';
import type { Trigger } from '../model/slot.ts';
import { counted, maxText, oneLine, toTheSecond } from '../util/format.ts';
import { type Action, logAction, stopActions, unleashAction } from './actions.ts';
import { inZone } from './moment-text.ts';
import { notFoundText } from './not-found.ts';
import type { Tellable } from './notable.ts';
import type { Limits, Section } from './section.ts';
import { sections } from './sections.ts';
import { subject } from './subject.ts';

/** News in words, before it is laid out for e-mail, Slack or Teams. Every text is one line, free of control characters. */
export interface Digest {
  readonly headline: string;
  /** What a reader has to know before the rest: leashed and why, a gate closed, groups not found. */
  readonly notes: readonly string[];
  readonly sections: readonly Section[];
  /** What to do now. */
  readonly actions: readonly Action[];
  /** Where all of it is, for a message that has no room for it. */
  readonly whole: string;
  /** Which run this was. */
  readonly footer: readonly string[];
}

/** A run in words. */
export function digest(report: Tellable, deployment: Deployment, limits: Limits): Digest {
  const { timeZone } = deployment;
  return {
    headline: subject(report),
    notes: notes(report).map((note) => inZone(oneLine(note, maxText), timeZone)),
    sections: sections(report, limits).map((section) => ({
      ...section,
      entries: section.entries.map(({ what, where }) => ({
        what: inZone(what, timeZone),
        where: where && inZone(where, timeZone),
      })),
    })),
    actions: actions(report, deployment, limits),
    whole: 'The log has all of it: see the last command.',
    footer: [...footer(report, timeZone), deploymentText(deployment)].map((line) => oneLine(line, maxText)),
  };
}

function notes(report: Tellable): readonly string[] {
  const { leashedBecause, gates, groupsNotFound } = report;
  const held = heldText(report);
  return [
    ...(leashedBecause === undefined ? [] : [`Nothing was touched: ${leashedBecause}`]),
    ...gates.filter(({ open }) => !open).map(({ gate, text }) => `${held}. Gate ${gate}: ${text}`),
    ...(groupsNotFound.length === 0 ? [] : [`Not found, mistyped or not opted in: ${notFoundText(report)}`]),
  ];
}

/** What a closed gate meant for the run. */
export function heldText({ outcome, recoveries }: Tellable): string {
  if (outcome === 'done') return 'A live run would have ended here';
  return recoveries.length === 0
    ? 'Nothing was looked at'
    : 'Nothing was looked at but what had been struck before';
}

function actions(report: Tellable, deployment: Deployment, limits: Limits): readonly Action[] {
  const stopped = report.gates.some(({ gate, open }) => gate === 'stop' && !open);
  const unleash = unleashAction(report, limits.strikes, deployment.region);
  return [
    ...(unleash === undefined ? [] : [unleash]),
    ...(stopped ? [] : stopActions(deployment)),
    logAction(report),
  ];
}

const triggers: Record<Trigger, string> = {
  schedule: 'the schedule',
  invoke: 'a direct invocation',
  api: 'the API',
  cli: 'the command line',
};

function footer(report: Tellable, timeZone: string): readonly string[] {
  const { task, runId, slot, trigger, startedAt, durationMs } = report;
  // A look after earlier strikes has no slot but a name of its own.
  const name = task === 'verify' ? `Run ${runId}` : `Run ${runId}, slot ${slot}`;
  const took = `${(durationMs / 1000).toFixed(1)} s`;
  return [
    ...lookedText(report),
    `${name}, started by ${triggers[trigger]} at ${inZone(toTheSecond(startedAt), timeZone)}, took ${took}.`,
  ];
}

function lookedText({ task, outcome, counts }: Tellable): readonly string[] {
  if (task === 'verify') return ['Looked after earlier strikes.'];
  if (outcome === 'closed') return [];
  const groups = counted(counts.groups, 'group');
  return [
    `Looked at ${groups} in ${counted(counts.accounts, 'account')} (${counted(counts.regionsSurveyed, 'account-region')}).`,
  ];
}
