import type { JudgedProbe, ProbeSpec } from '../../model/experiment.ts';
import type { Sample } from '../../model/sample.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ExperimentPhase } from '../../reports/experiment-report.ts';
import { addSample, type Evidence, isDeviated, log10OfEvidence } from '../evidence/evidence.ts';
import { boundOf } from '../evidence/plan.ts';
import { holdLease } from './lease.ts';
import type { ControlPort, ExperimentPorts } from './ports.ts';
import { nothingRecovered, type RecoveryWatch, type Steady, watchRecovery } from './recovery-watch.ts';
import type { SamplingSession } from './sampling-session.ts';
import type { ProbeSegment, Segment } from './segment.ts';
import { binCounter, startTally } from './tally.ts';

export interface SegmentOrder {
  readonly is: ExperimentPhase['is'];
  readonly stage: number;
  /** Epoch ms. */
  readonly from: number;
  readonly to: number;
  readonly probes: readonly (JudgedProbe | ProbeSpec)[];
  /** Of judged probes, up to the segment's start; without it nothing is judged. */
  readonly evidence: ReadonlyMap<string, Evidence>;
  /** Of judged probes, up to the segment's start, while recovery is watched. */
  readonly recovery: ReadonlyMap<string, RecoveryWatch>;
  /** It ends early once a probe deviates. */
  readonly endsOnDeviation: boolean;
  /** Set while recovery is watched. It ends early once all probes are within their tolerance for long enough. */
  readonly steady?: Steady;
  /** A stop no longer matters: what is left is to see that all is well again. */
  readonly ignoresStop: boolean;
  readonly binMs: number;
}

export interface SegmentParts extends Pick<ExperimentPorts, 'live'> {
  readonly clock: Clock;
  readonly session: SamplingSession;
  readonly control: ControlPort;
}

/** How often a stop is asked for: it takes effect within a second, also where each answer is about one of two kinds of stop. */
const stopEveryMs = 400;

/** Measures, counts and judges until the segment is over, or something ends it. */
export async function watchSegment(
  order: SegmentOrder,
  { clock, session, control, live }: SegmentParts,
): Promise<Segment> {
  await holdLease({ clock, control });
  const over = new AbortController();
  let ended: Segment['ended'] = { by: 'time' };
  const end = (why: Segment['ended']) => {
    if (over.signal.aborted) return;
    ended = why;
    over.abort();
  };
  const recovered = new Set(
    [...order.recovery].flatMap(([name, { recoveredAt }]) => (recoveredAt === undefined ? [] : [name])),
  );
  const judged = order.probes.filter(isJudged);
  const follow = async (spec: JudgedProbe | ProbeSpec): Promise<readonly [string, ProbeSegment]> => {
    const probe = followProbe(spec, order);
    for await (const sample of session.take(spec.name, order.to, over.signal)) {
      const { deviatedAt, recoveredAt } = probe.see(sample);
      live?.({ ...order, ...probe.now() });
      if (deviatedAt !== undefined && order.endsOnDeviation) {
        end({ by: 'deviation', probe: spec.name, at: deviatedAt });
      }
      if (recoveredAt === undefined) continue;
      recovered.add(spec.name);
      if (recovered.size === judged.length) end({ by: 'recovery' });
    }
    return [spec.name, probe.result()];
  };
  const watched = Promise.all(order.probes.map(follow)).finally(() => over.abort());
  const stops = order.ignoresStop ? undefined : watchStop(control, clock, over.signal, end);
  try {
    await Promise.all([watched, stops]);
  } finally {
    // Where one fails, the others must not go on and take what the next phase needs.
    over.abort();
    await Promise.allSettled([watched, stops]);
  }
  const probes = Object.fromEntries(await watched);
  return { from: order.from, to: Math.min(order.to, clock.now()), ended, probes };
}

function isJudged(spec: JudgedProbe | ProbeSpec): spec is JudgedProbe {
  return 'tolerance' in spec;
}

async function watchStop(
  control: SegmentParts['control'],
  clock: Clock,
  over: AbortSignal,
  end: (why: Segment['ended']) => void,
): Promise<void> {
  while (!over.aborted) {
    const stopped = await control.stopped();
    if (stopped !== undefined) return end({ by: 'stop', who: stopped.by });
    await clock.sleep(stopEveryMs, over);
  }
}

/** What one probe comes to. Samples due before the segment, while a fault was being injected, are shown and not judged. */
function followProbe(spec: JudgedProbe | ProbeSpec, order: SegmentOrder) {
  const { from, evidence, binMs } = order;
  const tally = startTally();
  const count = binCounter(tally, binMs);
  const series: [number, number][] = [];
  const steady =
    order.steady === undefined || !isJudged(spec)
      ? undefined
      : { ...order.steady, tolerance: spec.tolerance };
  let current = evidence.get(spec.name);
  let recovery = steady && (order.recovery.get(spec.name) ?? nothingRecovered);
  return {
    see: (sample: Sample) => {
      count(sample);
      const inEffect = sample.due >= from;
      // Between two faults of a stage its samples are no evidence, and yet nobody has looked away.
      if (!inEffect && (current?.since === undefined || sample.due < current.since)) return {};
      if (inEffect && recovery && steady) recovery = watchRecovery(recovery, sample, steady);
      const { recoveredAt } = recovery ?? {};
      if (current === undefined) return { recoveredAt };
      current = addSample(current, sample, inEffect);
      const log10 = log10OfEvidence(current);
      if (log10 !== undefined) addPoint(series, [sample.due, log10], binMs);
      return { recoveredAt, deviatedAt: isDeviated(current) ? current.deviated?.at : undefined };
    },
    now: () => ({
      ...{ probe: spec.name, bad: tally.bad, measured: tally.good + tally.bad },
      ...(current !== undefined && {
        odds: 10 ** (log10OfEvidence(current) ?? 0),
        bound: boundOf(current.plan),
      }),
    }),
    result: (): ProbeSegment => ({
      tally,
      series,
      ...(current !== undefined && { evidence: current }),
      ...(recovery !== undefined && { recovery }),
    }),
  };
}

/** The last of each bin. */
function addPoint(series: [number, number][], point: [number, number], binMs: number): void {
  const binOf = ([at]: readonly [number, number]) => Math.floor(at / binMs);
  const last = series.at(-1);
  if (last !== undefined && binOf(last) === binOf(point)) series[series.length - 1] = point;
  else series.push(point);
}
