import type { Tolerance } from '../../model/experiment.ts';
import type { Sample } from '../../model/sample.ts';

/** In fewer samples nothing recovers. */
const fewestSamples = 3;

/**
 * Says when a probe is within its tolerance again: the first moment from which, for `steadyMs`, no more samples were bad than are
 * tolerated. A state must be good all that time.
 */
export function watchRecovery(
  tolerance: Tolerance,
  steadyMs: number,
): (sample: Sample) => number | undefined {
  const share = 'bad' in tolerance ? tolerance.bad : 0;
  let window: Sample[] = [];
  let recoveredAt: number | undefined;
  return (sample) => {
    if (recoveredAt !== undefined || sample.is === 'unmeasured') return recoveredAt;
    window.push(sample);
    const bad = () => window.filter(({ is }) => is === 'bad').length;
    // It may begin only with a good one; what is too bad as a whole begins later.
    while (window.length > 0 && (window[0]?.is === 'bad' || bad() > share * window.length)) window.shift();
    const [first, last] = [window[0], window.at(-1)];
    if (first === undefined || last === undefined) return undefined;
    if (window.length >= fewestSamples && last.due - first.due >= steadyMs) {
      recoveredAt = first.due;
      window = [];
    }
    return recoveredAt;
  };
}
