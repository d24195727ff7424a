import type { ExperimentPhase } from '../../reports/experiment-report.ts';
import type { Effect, Evidence } from '../evidence/evidence.ts';
import type { RecoveryWatch } from './recovery-watch.ts';
import type { ProbeSegment, Segment } from './segment.ts';

/** A phase goes on until the next one begins. */
export interface PhaseStart extends Pick<ExperimentPhase, 'is' | 'stage'> {
  /** Epoch ms. */
  readonly from: number;
}

/** When a fault was in effect, and from when on it was sure to show, epoch ms. */
export interface InEffect {
  readonly from: number;
  readonly shownFrom: number;
  readonly to: number;
}

/** When what was. A sample counts for what was at the moment at which it was due, however late it is answered. */
export interface Timeline {
  /** In the order in which they began. */
  readonly phases: readonly PhaseStart[];
  /** Of the faults of this stage. */
  readonly effects: readonly InEffect[];
}

/** How far the measuring has come, put together from results of steps. */
export interface Course extends Timeline {
  readonly phases: PhaseStart[];
  effects: InEffect[];
  /** Something is being struck, and nobody knows yet what came of it. */
  isStriking: boolean;
  /** Epoch ms until which it was watched. */
  at: number;
  /** Of judged probes, before the first fault of this stage. */
  baseline: ReadonlyMap<string, Evidence>;
  /** Of judged probes, under the faults of all stages so far. */
  evidence: ReadonlyMap<string, Evidence>;
  /** Of judged probes, while recovery is watched. */
  recovery: ReadonlyMap<string, RecoveryWatch>;
  /** When the last sample of each probe was due that has been taken, epoch ms. */
  taken: ReadonlyMap<string, number>;
}

export function startCourse(): Course {
  const none = new Map<string, never>();
  return {
    ...{ phases: [], effects: [], isStriking: false, at: 0 },
    ...{ baseline: none, evidence: none, recovery: none, taken: none },
  };
}

/** Adds what a segment came to. */
export function advance(course: Course, { to, probes }: Pick<Segment, 'to' | 'probes'>): void {
  course.at = to;
  course.baseline = updated(course.baseline, probes, ({ baseline }) => baseline);
  course.evidence = updated(course.evidence, probes, ({ evidence }) => evidence);
  course.recovery = updated(course.recovery, probes, ({ recovery }) => recovery);
  course.taken = updated(course.taken, probes, ({ taken }) => taken);
}

function updated<Value>(
  before: ReadonlyMap<string, Value>,
  probes: Segment['probes'],
  pick: (probe: ProbeSegment) => Value | undefined,
): ReadonlyMap<string, Value> {
  const now = Object.entries(probes).flatMap(([name, probe]) => {
    const value = pick(probe);
    return value === undefined ? [] : [[name, value] as const];
  });
  return new Map([...before, ...now]);
}

/** The phase in which it was due. What is older than all of them counts for the first. */
export function phaseAt({ phases }: Timeline, due: number): PhaseStart | undefined {
  return phases.findLast(({ from }) => from <= due) ?? phases[0];
}

/** What the faults were at a moment, all together. */
export function effectAt({ effects }: Timeline, due: number): Effect {
  const present = effects.filter(({ from, to }) => from <= due && due < to);
  if (present.length === 0) return 'none';
  return present.some(({ shownFrom }) => shownFrom <= due) ? 'shown' : 'hidden';
}
