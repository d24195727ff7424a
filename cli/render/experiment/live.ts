import type { LiveProbe } from '#core/experiment/engine/ports.ts';
import { oddsText, partText, tookText } from '#core/experiment/wording/numbers.ts';
import type { ExperimentProgress } from '#core/reports/experiment-progress.ts';
import { line } from '../layout.ts';

export type ProbeNow = Pick<LiveProbe, 'probe' | 'bad' | 'measured' | 'odds' | 'bound' | 'why'>;

/** The part of a phase that is being watched. */
export type LivePhase = Pick<LiveProbe, 'is' | 'stage' | 'from' | 'to'>;

const phases: Readonly<Record<LiveProbe['is'], string>> = {
  baseline: 'steady state',
  fault: 'under the fault',
  recovery: 'recovery',
  pause: 'pause',
  wait: 'waiting',
};

/** Where an experiment is, for a line that is rewritten. `probes`: what was seen last of each; with `evidence`, all that is known. */
export function liveText(probes: readonly LiveProbe[], now: number, evidence: boolean): string {
  const last = probes.at(-1);
  if (last === undefined) return 'starting';
  const where = whereText(last, now);
  return evidence ? [where, ...probes.map(probeText)].join('; ') : where;
}

/** How far it has come in a phase: `under the fault, stage 1: 2.1 s of 5 s`. */
export function whereText({ is, stage, from, to }: LivePhase, now: number): string {
  return `${phases[is]}, stage ${stage}: ${tookText(Math.max(0, now - from))} of ${tookText(to - from)}`;
}

/** The same from what an experiment in AWS told last. */
export function progressText(progress: ExperimentProgress, evidence: boolean): string {
  const { is, stage, from, to, at, probes } = progress;
  return liveText(
    probes.map((probe) => ({ ...probe, is, stage, from, to })),
    at,
    evidence,
  );
}

/** The phase, without how far it has come. */
export function stageText({ is, stage, stages }: ExperimentProgress): string {
  return `${phases[is]}, stage ${stage} of ${stages}`;
}

export function probeText({ probe, bad, measured, odds, bound, why }: ProbeNow): string {
  if (why !== undefined) return `${line(probe)} deviated: ${why}`;
  const against =
    odds === undefined || bound === undefined
      ? ''
      : `, ${oddsText(odds)} against chance, ${oddsText(bound)} is enough`;
  return `${line(probe)} ${partText(bad, measured)} bad${against}`;
}
