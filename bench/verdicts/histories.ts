import { independentSamples } from '#core/experiment/evidence/noticed-share.ts';

/** The place of the first bad sample at or after a place, from 0. Called with ever later places. */
export type NextBad = (from: number) => number;

/** How a probe's samples come about; each call is another history. */
export type Process = (uniform: () => number) => NextBad;

export const never: Process = () => () => Number.POSITIVE_INFINITY;
export const always: Process = () => (from) => from;

export function independent(share: number): Process {
  return (uniform) => independentSamples(share, uniform);
}

/** After a bad sample the next one is bad with the probability `again`; in the long run a share of them is. */
export function bursts(share: number, again: number): Process {
  const begins = (share * (1 - again)) / (1 - share);
  return (uniform) => {
    const gap = independentSamples(begins, uniform);
    return (from) => (uniform() <= (from === 0 ? share : again) ? from : gap(from + 1));
  };
}

/** Bad is what lies above the limit of a slowly wandering load: a Gaussian AR(1) process. */
export function wandering(coefficient: number, limit: number): Process {
  return (uniform) => {
    const gaussian = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
    const noise = Math.sqrt(1 - coefficient ** 2);
    let load = gaussian();
    return (from) => {
      for (let place = from; ; place += 1) {
        load = coefficient * load + noise * gaussian();
        if (load > limit) return place;
      }
    };
  };
}

/** Replaces `places` by those of all bad samples of a history that changes from one process to another at a place; their number. */
export function fill(
  places: Int32Array,
  before: NextBad,
  changesAt: number,
  after: NextBad,
  samples: number,
): number {
  let count = 0;
  for (let from = 0; from < samples; ) {
    let bad = from < changesAt ? before(from) : changesAt;
    if (bad >= changesAt) bad = after(Math.max(from, changesAt));
    if (bad >= samples) break;
    places[count++] = bad;
    from = bad + 1;
  }
  return count;
}
