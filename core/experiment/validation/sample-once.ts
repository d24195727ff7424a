import type { Experiment, ProbeSpec } from '../../model/experiment.ts';
import type { ProbeMeans } from '../../ports/probe.ts';
import { messageOf } from '../../util/error-text.ts';
import { LagWatch } from '../sampling/lag-watch.ts';
import { sampleTaker } from '../sampling/take-sample.ts';
import { isDenied } from './refused.ts';
import type { Findings, ProbeSample, ValidationParts } from './validation.ts';

/** Opens each probe, takes one sample, and closes it. One that is too slow is taken again: the first connection takes longer. */
export async function sampleOnce(
  { steadyState, observations }: Experiment,
  parts: ValidationParts,
): Promise<Findings & { readonly samples: readonly ProbeSample[] }> {
  const taken = await Promise.all([
    ...steadyState.probes.map((probe) => takeOne(probe, true, parts)),
    ...observations.map((probe) => takeOne(probe, false, parts)),
  ]);
  const failing = taken.filter(({ sample: { is, isJudged }, hasOpened }) =>
    isJudged ? is !== 'good' : !hasOpened,
  );
  const findings = failing.map(({ sample: { name, is, detail = is }, isRefused }) => {
    const text = is === 'bad' ? `its sample is bad: ${detail}` : `it could not be measured: ${detail}`;
    return { isRefused, finding: { about: `probe ${name}`, text } };
  });
  return {
    samples: taken.map(({ sample }) => sample),
    problems: findings.flatMap(({ isRefused, finding }) => (isRefused ? [] : [finding])),
    unchecked: findings.flatMap(({ isRefused, finding }) => (isRefused ? [finding] : [])),
  };
}

interface Taken {
  readonly sample: ProbeSample;
  readonly hasOpened: boolean;
  /** It was denied to who asks here: the monkey may well be allowed. */
  readonly isRefused: boolean;
}

async function takeOne(spec: ProbeSpec, isJudged: boolean, parts: ValidationParts): Promise<Taken> {
  const { clock } = parts.means;
  const probe = parts.probeOf(spec.type);
  const { means, watch, wasRefused } = watched(parts.means);
  const about = {
    ...{ name: spec.name, what: probe.what(spec.parameters), isJudged },
    ...(probe.unit !== undefined && { unit: probe.unit }),
  };
  const taken = (sample: Omit<ProbeSample, keyof typeof about>, hasOpened: boolean): Taken => ({
    ...{ sample: { ...about, ...sample }, hasOpened },
    isRefused: parts.isGuest && wasRefused(),
  });
  try {
    const opened = await watch(probe.open(spec.parameters, means));
    const prober = {
      ...opened,
      measure: (due: number, over: AbortSignal) => watch(opened.measure(due, over)),
    };
    const take = sampleTaker({ probe, spec, prober, clock, lag: new LagWatch() });
    const limit = probe.limit?.(spec.parameters) ?? Number.POSITIVE_INFINITY;
    const sampleNow = async () => {
      const startedAt = means.stopwatch();
      const { due: _, ...sample } = await take(clock.now() - probe.settlesMs, new AbortController().signal);
      return { ...sample, tookMs: Math.round(means.stopwatch() - startedAt) };
    };
    const first = await sampleNow();
    const isSlow = first.is === 'bad' && first.value !== undefined && first.value > limit;
    const sample = isSlow ? await sampleNow() : first;
    await prober.close();
    return taken(sample, true);
  } catch (error) {
    return taken({ is: 'unmeasured', detail: messageOf(error) }, false);
  }
}

/** Remembers whether anything was denied to who asks here. */
function watched(means: ProbeMeans) {
  let isRefused = false;
  const watch = <Answer>(asked: Promise<Answer>): Promise<Answer> =>
    asked.catch((error: unknown) => {
      isRefused ||= isDenied(error);
      throw error;
    });
  const watchedMeans: ProbeMeans = {
    ...means,
    clients: (place) => watch(means.clients(place)),
    secret: (name) => watch(means.secret(name)),
    health: (key) => watch(means.health(key)),
  };
  return { means: watchedMeans, watch, wasRefused: () => isRefused };
}
