import type { JudgedProbe, ProbeSpec } from '../../model/experiment.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Course, PhaseStart } from './course.ts';
import type { Unsteady } from './ending-texts.ts';
import { type FollowedProbe, type FollowOrder, followProbe, isJudged } from './follow-probe.ts';
import { keepLease } from './lease.ts';
import type { ControlPort, ExperimentPorts, LiveProbe } from './ports.ts';
import type { SamplingSession } from './sampling-session.ts';
import type { Segment } from './segment.ts';
import { openSegment } from './segment-end.ts';
import { type Awaited, watchArrival } from './watch-arrival.ts';

export interface SegmentOrder extends FollowOrder, Awaited, Pick<Course, 'phases' | 'effects'> {
  readonly probes: readonly (JudgedProbe | ProbeSpec)[];
  /** It ends early once a probe deviates. */
  readonly endsOnDeviation: boolean;
  /** `noted`: what is left is to see that all is well again, which a stop is no reason to leave. `ignored`: nor does anybody ask. */
  readonly stop: 'ends' | 'noted' | 'ignored';
  /** Of what people who watch are shown; without it, nothing is. */
  readonly shown?: Pick<LiveProbe, 'from' | 'to'>;
}

export interface SegmentParts extends Pick<ExperimentPorts, 'live' | 'describe'> {
  readonly clock: Clock;
  readonly session: SamplingSession;
  readonly control: ControlPort;
}

/** What is done beside a segment. */
export interface Watch {
  /** Aborted once the segment ends. */
  readonly over: AbortSignal;
  /** The first probe that is not steady now, as far as its samples are there. Nothing once a fault of the stage is in place. */
  unsteady(): { readonly probe: string; readonly judgement: Unsteady } | undefined;
  /** Something may be in place from now on: what is bad then is not the steady state's. */
  leaveBaseline(): void;
  /** A fault is in place from now on. */
  begin(at: number): void;
}

/** How often a stop is asked for: it takes effect within a second, also where each answer is about one of two kinds of stop. */
const stopEveryMs = 400;

/** Measures, counts, judges, reads whether it is stopped and holds the lease, until `work` is done or something ends it. */
export async function watchWhile<Result>(
  order: SegmentOrder,
  parts: SegmentParts,
  work: (watch: Watch) => Promise<Result>,
): Promise<{ readonly segment: Segment; readonly result: Result }> {
  const { clock, session, live } = parts;
  const { over, end, ended, fail } = openSegment();
  const phases = [...order.phases];
  const effects = [...order.effects];
  const current = phases.at(-1) as PhaseStart;
  let baselineTo = Number.POSITIVE_INFINITY;
  const timeline = { phases, effects, isBaseline: (due: number) => due < baselineTo };
  const followed = order.probes.map((spec) => followProbe(spec, order, timeline));
  const judged = followed.filter(({ spec }) => isJudged(spec));
  const look = watchArrival(judged, order, parts, { over, arrived: () => end({ by: 'arrival' }) });

  const follow = async (probe: FollowedProbe) => {
    const { name } = probe.spec;
    for await (const sample of session.take(name, over)) {
      probe.see(sample);
      if (order.shown !== undefined) live?.({ ...current, ...order.shown, ...probe.now() });
      if (order.endsOnDeviation && probe.hasDeviated()) end({ by: 'deviation', probe: name });
      look();
    }
  };
  let stopped: string | undefined;
  const askForStop = async () => {
    if (order.stop === 'ignored') return;
    stopped = await whoStops(parts, over);
    if (stopped !== undefined && order.stop === 'ends') end({ by: 'stop', who: stopped });
  };
  const begin = (at: number) => {
    if (phases.at(-1)?.is !== 'fault') phases.push({ is: 'fault', stage: current.stage, from: at });
    // How long it takes to show is counted from when all of it is there, which is told in the end.
    effects.push({ from: at, shownFrom: Number.POSITIVE_INFINITY, to: Number.POSITIVE_INFINITY });
    for (const probe of judged) probe.enterStage(at);
  };

  const leaveBaseline = () => {
    baselineTo = clock.now();
  };
  const unsteady = () => {
    for (const { spec, steadiness } of judged) {
      const judgement = steadiness();
      if (judgement?.is === 'not-steady') return { probe: spec.name, judgement };
    }
    return undefined;
  };

  const followers = Promise.all(followed.map((probe) => follow(probe).catch(fail)));
  // Work that has to come to its end goes on after the segment has ended.
  const done = new AbortController();
  // Of these a call may be on its way in the end: nobody waits for that.
  for (const beside of [askForStop(), keepLease(parts, done.signal)]) void beside.catch(fail);
  try {
    const result = await work({ over, unsteady, leaveBaseline, begin });
    end({ by: 'time' });
    await followers;
    const probes = Object.fromEntries(followed.map((probe) => [probe.spec.name, probe.result()]));
    const segment = { to: clock.now(), ended: ended(), probes, ...(stopped !== undefined && { stopped }) };
    return { segment, result };
  } finally {
    end({ by: 'time' });
    done.abort();
    await followers;
  }
}

/** Asks until somebody does, or it is over. */
async function whoStops(
  { control, clock }: Pick<SegmentParts, 'control' | 'clock'>,
  over: AbortSignal,
): Promise<string | undefined> {
  while (!over.aborted) {
    const stopped = await control.stopped();
    if (stopped !== undefined) return stopped.by;
    await clock.sleep(stopEveryMs, over);
  }
  return undefined;
}
