import type { MethodStep } from '../../model/experiment.ts';

type Step = Pick<MethodStep, 'name' | 'holdMs' | 'startAfter'>;

interface Span<Of extends Step> {
  readonly step: Of;
  readonly begin: number;
  readonly end: number;
  /** The names of all that it waits for, directly or not. */
  readonly waitsFor: ReadonlySet<string>;
}

/**
 * Steps of a stage of which the second begins while the first is in place, two by two. The order must have a beginning. One that
 * begins when another is to end counts, unless it waits for it: each injection takes its time.
 */
export function stepsAtOnce<Of extends Step>(method: readonly Of[]): readonly (readonly [Of, Of])[] {
  const spans = spansOf(method).toSorted((a, b) => a.begin - b.begin);
  return spans.flatMap((second, index) =>
    spans
      .slice(0, index)
      .filter((first) => second.begin <= first.end && !second.waitsFor.has(first.step.name))
      .map((first) => [first.step, second.step] as const),
  );
}

function spansOf<Of extends Step>(method: readonly Of[]): readonly Span<Of>[] {
  const known = new Map<string, Span<Of>>();
  const spanOf = (step: Of): Span<Of> => {
    const found = known.get(step.name);
    if (found !== undefined) return found;
    const before = method.filter(({ name }) => step.startAfter.includes(name)).map(spanOf);
    const begin = Math.max(0, ...before.map(({ end }) => end));
    const waitsFor = new Set(before.flatMap((one) => [one.step.name, ...one.waitsFor]));
    const span = { step, begin, end: begin + step.holdMs, waitsFor };
    known.set(step.name, span);
    return span;
  };
  return method.map(spanOf);
}
