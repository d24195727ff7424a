import { draws } from '../../draws/draw.ts';

/** Either way, as a share of the interval: probes do not pulse together, and no two samples change places. */
const jitter = 0.2;

export interface Rhythm {
  readonly everyMs: number;
  /** What belongs to one run and one probe; the same seed gives the same moments. Undefined: on the interval itself. */
  readonly seed: string | undefined;
}

/**
 * The moments at which samples are due, from `from` on until `to`, epoch ms. Each is a function of its number since the epoch: periods
 * that follow each other have each moment once, wherever they are cut.
 */
export function* dueMoments(from: number, to: number, { everyMs, seed }: Rhythm): Generator<number, void> {
  const drawn = seed === undefined ? undefined : draws(seed, 'due');
  const phase = drawn?.number('phase', '') ?? 0;
  for (let number = Math.floor(from / everyMs) - 1; ; number += 1) {
    const shift = drawn === undefined ? 0 : jitter * (2 * drawn.number('jitter', String(number)) - 1);
    const due = Math.round((number + phase + shift) * everyMs);
    if (due >= to) return;
    if (due >= from) yield due;
  }
}
