import type { LastingFault } from '#core/model/fault.ts';
import type { Hand, StrikeRef } from '#core/model/lasting.ts';
import type { Target } from '#core/model/target.ts';
import type { Bench } from '../bench.ts';

/** A target with a fault in it that nobody is going to undo. */
export interface Struck {
  readonly strike: StrikeRef;
  /** Epoch ms. */
  readonly deadline: number;
  readonly saved: unknown;
  observe(): ReturnType<LastingFault['observe']>;
}

/** Prepares and injects a fault by its own code, as a run would. Throws where the target does not take it. */
export async function struckWith(
  bench: Bench,
  fault: LastingFault,
  target: Target,
  parameters: unknown,
  lastsMs: number,
): Promise<Struck> {
  const given = fault.parameters.parse(parameters);
  const prepared = await fault.prepare(bench, target, given);
  if (!('saved' in prepared)) throw new Error(`the target is unfit: ${prepared.unfit}`);
  const now = bench.clock.now();
  const deadline = Math.ceil((now + lastsMs) / 1_000) * 1_000;
  const moment = (at: number) => new Date(at).toISOString();
  const strike = { id: bench.newId(), deadline: moment(deadline), notAfter: moment(now + 60_000) };
  let { saved } = prepared;
  const hand: Hand<unknown> = {
    client: (service) => bench.client(service),
    strike,
    now: () => bench.clock.now(),
    sleep: (ms) => bench.sleep(ms),
    note: async (noted) => {
      saved = noted;
    },
  };
  await fault.inject(hand, target, given, saved);
  return { strike, deadline, saved, observe: () => fault.observe(bench, target, saved, strike) };
}

/** Asks again until it is so, or the moment has come. Epoch ms at which it was so; undefined: it never was. */
export async function whenSo(
  bench: Pick<Bench, 'clock' | 'sleep'>,
  until: number,
  isSo: () => Promise<boolean>,
): Promise<number | undefined> {
  for (;;) {
    if (await isSo()) return bench.clock.now();
    if (bench.clock.now() >= until) return undefined;
    await bench.sleep(3_000);
  }
}
