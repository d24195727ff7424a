import type { Tone } from '../../messages/section.ts';
import type { ExperimentReport, ProbeResult } from '../../reports/experiment-report.ts';
import { boundOf, partOf } from '../evidence/plan.ts';
import { partText, shareText, tookText, valueText } from './numbers.ts';

const states: Readonly<Record<ProbeResult['is'], { readonly word: string; readonly tone: Tone }>> = {
  within: { word: 'within tolerance', tone: 'good' },
  deviated: { word: 'deviated', tone: 'bad' },
  'not-steady': { word: 'not steady', tone: 'warn' },
  'too-little': { word: 'too little evidence', tone: 'warn' },
  observed: { word: 'observed only', tone: 'plain' },
};

export function stateWords({ is }: Pick<ProbeResult, 'is'>): { readonly word: string; readonly tone: Tone } {
  return states[is];
}

/** `5 % bad`, `bad for 1 min`; a dash for what is not judged. */
export function toleranceText({ tolerance }: Pick<ProbeResult, 'tolerance'>): string {
  if (tolerance === undefined) return '–';
  if ('bad' in tolerance) return tolerance.bad === 0 ? 'none bad' : `${shareText(tolerance.bad)} bad`;
  return tolerance.badForMs === 0 ? 'never bad' : `bad for ${tookText(tolerance.badForMs)}`;
}

/** The samples of all phases of a kind. */
export function tallyOf({ phases }: ProbeResult, is: ProbeResult['phases'][number]['is']) {
  const own = phases.filter((phase) => phase.is === is);
  const sum = (key: 'good' | 'bad' | 'unmeasured') => own.reduce((all, phase) => all + phase[key], 0);
  const [good, bad, unmeasured] = [sum('good'), sum('bad'), sum('unmeasured')];
  return { bad, measured: good + bad, unmeasured };
}

/** What was found of a probe, by what it is called. A dash: nothing can be said. */
export interface Findings {
  readonly allowed: string;
  readonly seen: string;
  readonly notices: string;
  readonly below: string;
  readonly detected: string;
  readonly recovered: string;
}

export function findingsOf(probe: ProbeResult): Findings {
  const { bad, measured } = tallyOf(probe, 'fault');
  return {
    allowed: toleranceText(probe),
    seen: measured === 0 ? '–' : partText(bad, measured),
    notices: orDash(probe.notices, shareText),
    below: orDash(probe.below, shareText),
    detected: orDash(probe.detectedAfterMs, tookText),
    recovered: recoveredText(probe),
  };
}

/** What one probe found, in a few sentences. */
export function findingText(probe: ProbeResult): string {
  const { notices, below } = probe;
  const sentences = [
    seenText(probe),
    shiftText(probe),
    notices === undefined ? '' : `It would have noticed ${shareText(notices)} bad${inEach(probe)}.`,
    below === undefined ? '' : `The true share was below ${shareText(below)}${inEach(probe)}.`,
    troubleText(probe),
  ];
  return sentences.filter((text) => text !== '').join(' ');
}

/** Why it deviated, and whether it recovered; empty where all is well. */
export function troubleText({ why, recovery }: ProbeResult): string {
  const recovered = {
    late: 'It was not within its tolerance again in time.',
    unknown: 'Nobody can tell whether it was within its tolerance again in time.',
    'in-time': '',
  };
  return [why === undefined ? '' : `It deviated: ${why}.`, recovered[recovery ?? 'in-time']]
    .filter((text) => text !== '')
    .join(' ');
}

/** What is promised holds for each stage; what was seen is of all. */
function inEach({ phases }: Pick<ProbeResult, 'phases'>): string {
  return phases.filter(({ is }) => is === 'fault').length > 1 ? ' in each stage' : '';
}

function seenText(probe: ProbeResult): string {
  const { bad, measured, unmeasured } = tallyOf(probe, 'fault');
  const due = measured + unmeasured;
  if (due === 0) return 'Nothing was measured under the fault.';
  const missing = unmeasured === 0 ? '' : `; unmeasured: ${partText(unmeasured, due)}`;
  return `Bad samples under the fault, in all: ${partText(bad, measured)}${missing}.`;
}

/** How the median moved from the baseline to the fault: information, and no verdict. */
function shiftText({ phases, unit }: ProbeResult): string {
  const median = (is: string) => phases.findLast((phase) => phase.is === is)?.p50;
  const [before, during] = [median('baseline'), median('fault')];
  if (before === undefined || during === undefined) return '';
  return `Median ${valueText(before, unit)} before, ${valueText(during, unit)} under it.`;
}

/** Odds against chance at which a probe deviates under faults: one over its part of the false alarms. Undefined where no chance is allowed. */
export function evidenceBound({ probes, falseAlarms }: ExperimentReport): number | undefined {
  const judged = probes.filter(({ tolerance }) => tolerance !== undefined).length;
  return falseAlarms > 0 && judged > 0
    ? boundOf({ probes: judged, falseAlarms: falseAlarms * partOf.faults })
    : undefined;
}

function recoveredText({ recovery, recoveredAfterMs: ms }: ProbeResult): string {
  if (ms !== undefined) return ms === 0 ? 'at once' : tookText(ms);
  if (recovery === 'late') return 'no';
  return recovery === 'unknown' ? 'unknown' : '–';
}

function orDash(value: number | undefined, textOf: (value: number) => string): string {
  return value === undefined ? '–' : textOf(value);
}
