import type { JudgedProbe, ProbeSpec } from '../../model/experiment.ts';
import { codeOf, messageOf } from '../../util/error-text.ts';
import type { Course, PhaseStart } from './course.ts';
import { type FollowOrder, followProbe, isJudged } from './follow-probe.ts';
import { keepLease } from './lease.ts';
import type { ControlPort, ExperimentPorts, LiveProbe, ProbeDescription } from './ports.ts';
import type { SamplingSession } from './sampling-session.ts';
import type { Segment } from './segment.ts';

export interface SegmentOrder extends FollowOrder, Pick<Course, 'phases' | 'effects'> {
  readonly probes: readonly (JudgedProbe | ProbeSpec)[];
  /** It ends early once a probe deviates. */
  readonly endsOnDeviation: boolean;
  /** `noted`: what is left is to see that all is well again, which a stop is no reason to leave. `ignored`: nor does anybody ask. */
  readonly stop: 'ends' | 'noted' | 'ignored';
  /** It ends early once all judged probes have reached their goals. */
  readonly endsOnRecovery?: boolean;
  /** It ends early from then on, epoch ms, once all samples of judged probes that were due before are there. */
  readonly awaits?: number;
  /** Of what people who watch are shown; without it, nothing is. */
  readonly shown?: Pick<LiveProbe, 'from' | 'to'>;
}

export interface SegmentParts extends Pick<ExperimentPorts, 'live' | 'describe'> {
  readonly clock: Clock;
  readonly session: SamplingSession;
  readonly control: ControlPort;
}

type Clock = ExperimentPorts['clock'];

/** What is done beside a segment. */
export interface Watch {
  /** Aborted once the segment ends. */
  readonly over: AbortSignal;
  /** A fault is in place from now on. */
  begin(at: number): void;
}

/** How often a stop is asked for: it takes effect within a second, also where each answer is about one of two kinds of stop. */
const stopEveryMs = 400;
/** A timer that ends the wait for an answer may be late. */
const lateMs = 1_000;

/** Epoch ms by which all samples of a probe are answered, or never will be, that were due before. */
export function answeredBy(
  { timeoutMs }: Pick<ProbeSpec, 'timeoutMs'>,
  { settlesMs }: Pick<ProbeDescription, 'settlesMs'>,
  before: number,
): number {
  return before + settlesMs + timeoutMs + lateMs;
}

/** Measures, counts, judges, reads whether it is stopped and holds the lease, until `work` is done or something ends it. */
export async function watchWhile<Result>(
  order: SegmentOrder,
  parts: SegmentParts,
  work: (watch: Watch) => Promise<Result>,
): Promise<{ readonly segment: Segment; readonly result: Result }> {
  const { clock, session, control, live, describe } = parts;
  const over = new AbortController();
  /** Work that has to come to its end may take longer. */
  const done = new AbortController();
  let ended: Segment['ended'] = { by: 'time' };
  let stopped: string | undefined;
  const end = (why: Segment['ended']) => {
    if (over.signal.aborted) return;
    ended = why;
    over.abort();
  };
  const fail = (error: unknown) => end({ by: 'problem', why: `${codeOf(error)}: ${messageOf(error)}` });

  const timeline: { phases: PhaseStart[]; effects: Course['effects'] } = {
    phases: [...order.phases],
    effects: [...order.effects],
  };
  const followed = order.probes.map((spec) => followProbe(spec, order, timeline));
  const judged = followed.filter(({ spec }) => isJudged(spec));

  const { awaits, endsOnRecovery = false, shown } = order;
  const lastAnswer = ({ spec }: Pick<(typeof followed)[number], 'spec'>, before: number) =>
    answeredBy(spec, describe(spec), before);
  const isThere = (before: number) =>
    clock.now() >= before &&
    judged.every((probe) => probe.hasAnswered(before) || clock.now() >= lastAnswer(probe, before));
  const look = () => {
    const isRecovered = endsOnRecovery && judged.every((probe) => probe.hasRecovered());
    if (isRecovered || (awaits !== undefined && isThere(awaits))) end({ by: 'arrival' });
  };
  const lookAt = async (at: number) => {
    await clock.sleep(at - clock.now(), over.signal);
    look();
  };

  const follow = async (probe: (typeof followed)[number]) => {
    const { name } = probe.spec;
    for await (const sample of session.take(name, over.signal)) {
      probe.see(sample);
      if (shown !== undefined) live?.({ ...(order.phases.at(-1) as PhaseStart), ...shown, ...probe.now() });
      if (order.endsOnDeviation && probe.hasDeviated()) end({ by: 'deviation', probe: name });
      look();
    }
  };
  const askForStop = async () => {
    while (order.stop !== 'ignored' && !over.signal.aborted) {
      stopped ??= (await control.stopped())?.by;
      if (stopped !== undefined && order.stop === 'ends') return end({ by: 'stop', who: stopped });
      if (stopped !== undefined) return;
      await clock.sleep(stopEveryMs, over.signal);
    }
  };
  const followers = Promise.all(followed.map((probe) => follow(probe).catch(fail)));
  // Of these a call may be on its way in the end: nobody waits for that.
  for (const beside of [askForStop(), keepLease(parts, done.signal)]) void beside.catch(fail);
  if (awaits !== undefined) {
    for (const at of [awaits, ...judged.map((probe) => lastAnswer(probe, awaits))])
      void lookAt(at).catch(fail);
  }
  const begin = (at: number) => {
    const { stage } = timeline.phases.at(-1) as PhaseStart;
    if (timeline.phases.at(-1)?.is !== 'fault') timeline.phases.push({ is: 'fault', stage, from: at });
    timeline.effects.push({ from: at, to: Number.POSITIVE_INFINITY });
    for (const probe of judged) probe.enterStage(at);
  };
  try {
    const result = await work({ over: over.signal, begin });
    over.abort();
    await followers;
    const probes = Object.fromEntries(followed.map((probe) => [probe.spec.name, probe.result()]));
    const segment = { to: clock.now(), ended, probes, ...(stopped !== undefined && { stopped }) };
    return { segment, result };
  } finally {
    done.abort();
    over.abort();
    await followers;
  }
}
