import type * as z from 'zod';
import type { Group } from './group.ts';
import type { Injector } from './injector.ts';
import type { TargetKind, TargetOf } from './target.ts';

/** No configuration allows a fault that lasts longer. */
export const longestMinutes = 60;

/** What a fault leaves in AWS carries these, so that the strike can be told from what others put there, and ends by itself. */
export interface StrikeRef {
  /** 16 hex digits. */
  readonly id: string;
  /** ISO 8601, UTC: when the fault ends. */
  readonly deadline: string;
  /** ISO 8601, UTC: the fault must not begin later. */
  readonly notAfter: string;
}

/** What a fault injects and undoes with. */
export interface Hand<Saved> extends Injector {
  readonly strike: StrikeRef;
  /** Epoch ms. */
  now(): number;
  sleep(ms: number): Promise<void>;
  /** Writes what undo needs to the ledger. Called before the next step of a fault that has several. */
  note(saved: Saved): Promise<void>;
}

/**
 * How a target is found. `before`: as it was before the fault. `ours`: as the fault leaves it. `partly`: some steps of it are in
 * place. `other`: neither; somebody else has changed the same thing. `gone`: the target is no more.
 */
export type Sighting = 'before' | 'ours' | 'partly' | 'other' | 'gone';

export interface Prepared<Saved> {
  /** What undo needs. Never a secret. */
  readonly saved: Saved;
  /** ARNs on which no other fault may be active. */
  readonly locks: readonly string[];
  /** ARNs of everything that the fault affects, the target's included. */
  readonly hits: readonly string[];
}

/** `contested`: somebody else has changed the same thing, and it was left as it is. `busy`: AWS is, with the target. */
export type UndoResult =
  | { readonly outcome: 'undone' | 'contested' | 'gone' }
  | { readonly outcome: 'busy'; readonly why: string };

/** A call of EventBridge Scheduler's universal target: `{ service: 'lambda', action: 'deleteFunctionConcurrency', input: {...} }`. */
export interface ScheduledCall {
  readonly service: string;
  readonly action: string;
  /** With the service's own names of members, and no map among them. Readable in the schedule: no secrets. */
  readonly input: Readonly<Record<string, unknown>>;
}

/** Who ends a fault if nobody undoes it. There is always somebody. */
export type FaultEnd<Target, Saved> =
  | { readonly by: 'aws' | 'target' }
  | {
      readonly by: 'schedule';
      /** One schedule each, all at the same moment: they are made in any order, and each is tried again where AWS is busy with another. */
      calls(strike: StrikeRef, target: Target, saved: Saved): readonly ScheduledCall[];
    };

/** What a fault that lasts needs of a target, and the groups beside the target's own that it hits. */
export interface PreparedStrike extends Prepared<unknown> {
  readonly others?: readonly Group[];
}

/** The same; or why the target, as it is now, cannot take the fault. */
export type Preparation = PreparedStrike | { readonly unfit: string };

/** What lasting faults have beside what all faults have. */
export interface Lasting<Kind extends TargetKind, Parameters, Saved> {
  readonly lasts: true;
  /** Of what is saved and how it is undone. An entry of another version is left to people. */
  readonly version: number;
  readonly saved: z.ZodType<Saved>;
  /** For how long AWS may still answer as if the fault had not been injected, in ms. */
  readonly propagationMs: number;
  /** For how long what it hits may go on as before, in ms. Left out: for as long. */
  readonly noticedMs?: number;
  /** Reads only. `unfit`: why the target, as it is now, cannot take this fault. */
  prepare(
    aws: Injector,
    target: TargetOf<Kind>,
    parameters: Parameters,
  ): Promise<Prepared<Saved> | { readonly unfit: string }>;
  /** Notes what undo needs after each step of several. Throws what the SDK throws, and `NotInjected`. */
  inject(hand: Hand<Saved>, target: TargetOf<Kind>, parameters: Parameters, saved: Saved): Promise<void>;
  /** Reads only. */
  observe(aws: Injector, target: TargetOf<Kind>, saved: Saved, strike: StrikeRef): Promise<Sighting>;
  /** Safe to call twice, after half an injection and after none. Changes only what this strike changed. */
  undo(hand: Hand<Saved>, target: TargetOf<Kind>, saved: Saved): Promise<UndoResult>;
  /**
   * What it did to the target, in a few words: `throttled 12 requests`. Asked once it is undone, where being in place shows too little:
   * the answer becomes the strike's detail. In epoch ms: it was in place from `activeAt`, was meant to last until `deadline`, and was
   * undone before `now`, which may be before the deadline. Reads only.
   */
  effect?(
    aws: Injector,
    target: TargetOf<Kind>,
    saved: Saved,
    time: { readonly activeAt: number; readonly deadline: number; readonly now: number },
  ): Promise<string>;
  readonly ends: FaultEnd<TargetOf<Kind>, Saved>;
  /** aws CLI commands that undo it, to be run with credentials of the target's account. */
  byHand(strike: StrikeRef, target: TargetOf<Kind>, saved: Saved): readonly string[];
}
