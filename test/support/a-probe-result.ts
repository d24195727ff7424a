import type { Measurement } from '#core/ports/probe.ts';
import type { ExperimentPhase, ProbeResult } from '#core/reports/experiment-report.ts';
import { SeededRandom } from '../histories/seeded-random.ts';

/** A probe that was never there: what it would have measured, phase by phase. */
export interface ImaginedProbe {
  readonly name: string;
  /** `http` where it is left out. */
  readonly type?: string;
  readonly what: string;
  readonly unit?: string;
  readonly everyMs: number;
  readonly tolerance?: NonNullable<ProbeResult['tolerance']>;
  readonly limit?: number;
  readonly is: ProbeResult['is'];
  readonly notices?: number;
  readonly below?: number;
  readonly detectedAfterMs?: number;
  readonly recoveredAfterMs?: number;
  readonly recovery?: NonNullable<ProbeResult['recovery']>;
  readonly why?: string;
  measure(phase: ExperimentPhase, random: SeededRandom, at: number): Measurement;
}

const maxBins = 600;
const maxBadSamples = 300;
const seed = 11;

/** What a report says of it: its samples in bins, its bad samples, and the evidence of one alternative. */
export function aProbeResult(imagined: ImaginedProbe, phases: readonly ExperimentPhase[]): ProbeResult {
  const { measure, type = 'http', ...given } = imagined;
  const random = new SeededRandom(seed);
  const samples = phases.flatMap((phase) => {
    const count = Math.floor((Date.parse(phase.to) - Date.parse(phase.from)) / given.everyMs);
    return Array.from({ length: count }, (_, index) => {
      const at = Date.parse(phase.from) + index * given.everyMs;
      return { at, phase, ...measure(phase, random, at) };
    });
  });
  const [first, last] = [samples[0]?.at ?? 0, samples.at(-1)?.at ?? 0];
  const binMs = Math.max(1_000, given.everyMs, Math.ceil((last - first) / maxBins / 1_000) * 1_000);
  const bad = samples.filter(({ is }) => is === 'bad');
  return {
    ...given,
    type,
    phases: phases.map((phase) => {
      const own = samples.filter((sample) => sample.phase === phase);
      const values = sortedValues(own);
      return {
        ...{ is: phase.is, stage: phase.stage },
        ...tally(own),
        ...(values.length > 0 && { p50: quantile(values, 0.5), p95: quantile(values, 0.95) }),
      };
    }),
    binMs,
    bins: [...Map.groupBy(samples, ({ at }) => first + Math.floor((at - first) / binMs) * binMs)].map(
      ([at, own]) => {
        const values = sortedValues(own);
        return {
          at,
          ...tally(own),
          ...(values.length > 0 && {
            ...{ min: quantile(values, 0), median: quantile(values, 0.5), max: quantile(values, 1) },
          }),
        };
      },
    ),
    badSamples: bad.slice(0, maxBadSamples).map(({ at, value, detail = 'too slow' }) => ({
      ...{ at, detail },
      ...(value !== undefined && { value }),
    })),
    evidence: given.tolerance === undefined ? [] : evidenceOf(samples),
  };
}

type Taken = Measurement & { readonly at: number; readonly phase: ExperimentPhase };

/** The odds of 50 % bad against 5 %, with half of the stake kept; never so low that a late onset would not show. */
function evidenceOf(samples: readonly Taken[]): ProbeResult['evidence'] {
  let logOdds = 0;
  return samples
    .filter(({ phase }) => phase.is === 'fault')
    .map(({ at, is }): [number, number] => {
      logOdds = Math.max(-1, logOdds + { bad: 1, good: Math.log10(0.5 / 0.95), unmeasured: 0 }[is]);
      return [at, Number(Math.log10((1 + 10 ** Math.min(logOdds, 300)) / 2).toFixed(2))];
    })
    .filter((_, index, all) => index % Math.ceil(all.length / maxBins) === 0);
}

function tally(samples: readonly Taken[]) {
  const count = (kind: Taken['is']) => samples.filter(({ is }) => is === kind).length;
  return { good: count('good'), bad: count('bad'), unmeasured: count('unmeasured') };
}

function sortedValues(samples: readonly Taken[]): readonly number[] {
  return samples.flatMap(({ value }) => value ?? []).toSorted((a, b) => a - b);
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
