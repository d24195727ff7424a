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
  all: Tally;
  /** Epoch ms, and the common logarithm of the evidence under the fault. */
  readonly evidence: [number, number][];
  readonly phases: { is: PhaseName; stage: number; tally: Tally }[];
  /** Under the last fault. */
  detectedAt?: number;
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
  addSegment(is: PhaseName, stage: number, segment: Segment): void;
  addEvent(at: number, is: ExperimentEvent['is'], text: string): void;
}

export function startChronicle(probes: readonly ProbeSpec[]): Chronicle {
  const known = new Map<string, ProbeChronicle>(
    probes.map(({ name }) => [name, { all: startTally(), evidence: [], phases: [] }]),
  );
  const phases: ExperimentPhase[] = [];
  const events: ExperimentEvent[] = [];
  return {
    ...{ phases, events, probes: known, strikes: [], failures: [], reach: new Map() },
    addEvent: (at, is, text) => events.push({ at: new Date(at).toISOString(), is, text }),
    addSegment: (is, stage, { from, to, probes: seen }) => {
      const last = phases.at(-1);
      const isSame = last?.is === is && last.stage === stage;
      if (isSame) phases[phases.length - 1] = { ...last, to: new Date(to).toISOString() };
      else phases.push({ is, stage, from: new Date(from).toISOString(), to: new Date(to).toISOString() });
      for (const [name, probe] of Object.entries(seen)) {
        const one = known.get(name);
        if (one === undefined) continue;
        const tally = probe.tally as Tally;
        one.all = mergeTallies(one.all, tally);
        const phase = one.phases.at(-1);
        if (phase?.is === is && phase.stage === stage) phase.tally = mergeTallies(phase.tally, tally);
        else one.phases.push({ is, stage, tally });
        if (is === 'fault')
          one.evidence.push(...probe.series.map(([at, log10]): [number, number] => [at, log10]));
        const { recoveredAt } = probe.recovery ?? {};
        if (recoveredAt !== undefined) one.recoveredAt = recoveredAt;
        if (is === 'fault' && probe.evidence?.deviated) one.detectedAt ??= probe.evidence.deviated.at;
      }
    },
  };
}
