import type { Bench } from './bench.ts';

/** `ran`: in the sandbox, where nothing holds but our model of AWS. `not tried`: it says nothing about the fact. */
export type Answer = 'holds' | 'ran' | 'does not hold' | 'not tried';

export interface Verdict {
  readonly answer: Answer;
  /** What was seen, or why it was not tried. */
  readonly saw: string;
}

/** Something about AWS that the faults rest on, and that no document says for certain: one file each, named after it. */
export interface Fact {
  readonly name: string;
  /** A sentence. */
  readonly claim: string;
  /** The faults that rest on it; none for one that only a fault to come would rest on. */
  readonly faults: readonly string[];
  /** When (`2026-11-23`) and where somebody has last seen it hold at AWS, to be written here by hand. Left out: nobody has. */
  readonly held?: { readonly date: string; readonly region: string };
  /** Left out: it is not tried, as it would take what a check does not create. */
  readonly check?: Check;
  /** Why it has no check. */
  readonly notTried?: string;
}

export interface Check {
  /** What it creates and removes again. */
  readonly creates: readonly string[];
  /** How long it takes at most. */
  readonly minutes: number;
  /** US cents at most, in a region of ordinary prices, without any free allowance. */
  readonly cents: number;
  /** Throws where AWS refuses what the fact is not about. */
  run(bench: Bench): Promise<Verdict>;
}

export function holds(saw: string): Verdict {
  return { answer: 'holds', saw };
}

export function doesNotHold(saw: string): Verdict {
  return { answer: 'does not hold', saw };
}

export function notTried(saw: string): Verdict {
  return { answer: 'not tried', saw };
}
