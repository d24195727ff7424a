import type { Crash } from './crashable-process.ts';

/** Something that really happened to an instance, observed from outside the monkey. */
export interface Effect {
  /** Epoch ms. */
  readonly at: number;
  readonly group: string;
  readonly account: string;
  readonly region: string;
  readonly instanceId: string;
  readonly app: string | undefined;
  /** Whether the instance carried the opt-in tag at that moment. */
  readonly isOptedIn: boolean;
  readonly isProtected: boolean;
  /** What said no at that moment and concerned it, and for how long it had, ms. */
  readonly noes: readonly { readonly name: string; readonly forMs: number }[];
  /** The invocation that did it, and how far its clock was off. */
  readonly invocation: Invocation;
}

export interface Invocation {
  readonly id: string;
  /** What the function is invoked with. */
  readonly event: object;
  readonly skewMs: number;
  readonly death?: Crash;
}

/** `timed out`: Lambda ended it, not the planned crash. */
export type Ending = { readonly answer: object } | { readonly threw: unknown } | 'died' | 'timed out';
