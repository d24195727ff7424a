import type { ProbeSpec } from '../../model/experiment.ts';
import type { Failure } from '../../model/failure.ts';
import type {
  ExperimentEvent,
  ExperimentPhase,
  ProbeResult,
  StruckTarget,
} from '../../reports/experiment-report.ts';
import type { ResolvedStep } from './resolved-step.ts';
import type { Segment } from './segment.ts';
import { mergeTallies, startTally, type Tally } from './tally.ts';

type PhaseName = ExperimentPhase['is'];

/** What a probe has shown so far. */
export interface ProbeChronicle {
  /** Epoch ms, and the common logarithm of the evidence under the fault. */
  readonly evidence: [number, number][];
  readonly phases: { is: PhaseName; stage: number; tally: Tally }[];
  recoveredAt?: number;
  recovery?: ProbeResult['recovery'];
}

/** What has happened so far, put together from results of steps: a replay comes to the same. */
export interface Chronicle {
  readonly phases: ExperimentPhase[];
  readonly strikes: StruckTarget[];
  readonly events: ExperimentEvent[];
  readonly failures: Failure[];
  /** How far the last stage reached, by the name of a step. */
  readonly reach: Map<string, Pick<ResolvedStep, 'found' | 'wanted' | 'allowed'>>;
  readonly probes: ReadonlyMap<string, ProbeChronicle>;
  /** Who has stopped it where that ended nothing, and when that was known, epoch ms. */
  stopped?: { readonly by: string; readonly at: number };
  /** Another phase begins, epoch ms, and the one before it ends. */
  enter(is: PhaseName, stage: number, at: number): void;
  /** The last phase goes on until then, epoch ms. */
  goOn(to: number): void;
  /** Of the last phase, with what was answered late in those before. */
  addSegment(segment: Segment): void;
  addEvent(at: number, is: ExperimentEvent['is'], text: string): void;
}

export function startChronicle(probes: readonly ProbeSpec[]): Chronicle {
  const known = new Map<string, ProbeChronicle>(
    probes.map(({ name }) => [name, { evidence: [], phases: [] }]),
  );
  const phases: ExperimentPhase[] = [];
  const events: ExperimentEvent[] = [];
  const chronicle: Chronicle = {
    ...{ phases, events, probes: known, strikes: [], failures: [], reach: new Map() },
    addEvent: (at, is, text) => events.push({ at: new Date(at).toISOString(), is, text }),
    enter: (is, stage, at) => {
      const [from, last] = [new Date(at).toISOString(), phases.at(-1)];
      if (last?.stage === stage) phases[phases.length - 1] = { ...last, to: from };
      phases.push({ is, stage, from, to: from });
      for (const probe of known.values()) probe.phases.push({ is, stage, tally: startTally() });
    },
    goOn: (to) => {
      const last = phases.at(-1);
      if (last !== undefined) phases[phases.length - 1] = { ...last, to: new Date(to).toISOString() };
    },
    addSegment: ({ to, stopped, probes: seen }) => {
      chronicle.goOn(to);
      if (stopped !== undefined) chronicle.stopped ??= { by: stopped, at: to };
      for (const [name, { tallies, series, recovery }] of Object.entries(seen)) {
        const one = known.get(name);
        if (one === undefined) continue;
        for (const { is, stage, tally } of tallies) {
          const phase = one.phases.findLast((each) => each.is === is && each.stage === stage);
          if (phase !== undefined) phase.tally = mergeTallies(phase.tally, tally as Tally);
        }
        one.evidence.push(...series.map(([at, log10]): [number, number] => [at, log10]));
        if (recovery?.recoveredAt !== undefined) one.recoveredAt = recovery.recoveredAt;
      }
    },
  };
  return chronicle;
}
