import type { Experiment, ProbeSpec } from '../../model/experiment.ts';
import type { ProbeMeans } from '../../ports/probe.ts';
import { codeOf, messageOf } from '../../util/error-text.ts';
import { LagWatch } from '../sampling/lag-watch.ts';
import { sampleTaker } from '../sampling/take-sample.ts';
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
  /** The role that it measures with trusts the monkey, and not who asks here. */
  readonly isRefused: boolean;
}

async function takeOne(spec: ProbeSpec, isJudged: boolean, parts: ValidationParts): Promise<Taken> {
  const { clock } = parts.means;
  const probe = parts.probeOf(spec.type);
  const { means, wasRefused } = watched(parts.means);
  const about = {
    ...{ name: spec.name, what: probe.what(spec.parameters), isJudged },
    ...(probe.unit !== undefined && { unit: probe.unit }),
  };
  const taken = (sample: Omit<ProbeSample, keyof typeof about>, hasOpened: boolean): Taken => ({
    ...{ sample: { ...about, ...sample }, hasOpened },
    isRefused: parts.isGuest && wasRefused(),
  });
  try {
    const prober = await probe.open(spec.parameters, means);
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

/** Remembers whether a session was refused. */
function watched(means: ProbeMeans) {
  let isRefused = false;
  const clients: ProbeMeans['clients'] = (place) =>
    means.clients(place).catch((error: unknown) => {
      isRefused = codeOf(error) !== 'NotConfigured';
      throw error;
    });
  return { means: { ...means, clients }, wasRefused: () => isRefused };
}
