import type { Experiment, MethodStep, ProbeSpec } from '../../model/experiment.ts';
import type { Failure } from '../../model/failure.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Probe, Sampler } from '../../ports/probe.ts';
import type { ExperimentPhase, ExperimentReport, StruckTarget } from '../../reports/experiment-report.ts';
import type { ResolvedStep } from './resolved-step.ts';

/** What an experiment needs from outside. */
export interface ExperimentPorts {
  readonly clock: Clock;
  openSampler(spec: ProbeSpec): Promise<Sampler>;
  describe(spec: ProbeSpec): ProbeDescription;
  /** How long a fault may take, at most, until what it hits shows it. */
  showsAfterMs(fault: string): number;
  readonly method: MethodPort;
  readonly control: ControlPort;
  /** Told of each sample, for people who watch. */
  live?(seen: LiveProbe): void;
}

/** A probe in the part of a phase that is being watched. */
export interface LiveProbe extends Pick<ExperimentPhase, 'is' | 'stage'> {
  /** Of that part, epoch ms. */
  readonly from: number;
  readonly to: number;
  readonly probe: string;
  readonly bad: number;
  readonly measured: number;
  /** Against chance so far, and what they must reach for a deviation. Absent of what is not judged. */
  readonly odds?: number;
  readonly bound?: number;
  /** Once it has deviated: which samples decided. */
  readonly why?: string;
}

/** What reports show of a probe. */
export interface ProbeDescription extends Pick<Probe, 'measures' | 'unit' | 'settlesMs'> {
  readonly what: string;
  readonly limit?: number;
}

/** Strikes targets and undoes what was done to them. The ledger knows what is in place, whatever becomes of the experiment. */
export interface MethodPort {
  /**
   * Why nothing may be injected now: a gate that is closed, a leash, or steps that are in each other's way. Undefined if nothing is in
   * the way.
   */
  closed(experiment: Pick<Experiment, 'method' | 'stages'>): Promise<string | undefined>;
  resolve(step: MethodStep, stage: number): Promise<ResolvedStep>;
  /** Never rejects once something may have been done. */
  strike(step: MethodStep, resolved: ResolvedStep, stage: number, beside: BesideStrike): Promise<StepStrikes>;
  /** Undoes these, by the ids of their entries, or all of this experiment's. Returns those that are still open. */
  undo(entries?: readonly string[]): Promise<readonly OpenUndo[]>;
  /** Those of these entries that somebody has undone, or is undoing, as far as the ledger knows. */
  undone(entries: readonly string[]): Promise<readonly string[]>;
  /** How the targets of these entries are found now. Nothing is tried again past `until`, epoch ms. */
  observe(entries: readonly string[], until: number): Promise<readonly SeenFault[]>;
  /** Every probe is within its tolerance again: ends the wait for the recovery of what was struck, so that another stage may strike it. */
  recovered(): Promise<void>;
}

/** A fault as its target shows it. */
export interface SeenFault {
  /** Of the entry that undoes it. */
  readonly id: string;
  readonly is: 'in-place' | 'not-in-place' | 'unknown';
  /** How it was found, or why nobody can tell, in a few words. */
  readonly text: string;
}

/** What goes on while a step strikes. */
export interface BesideStrike {
  /** Aborted where nothing more is to be struck. */
  readonly over: AbortSignal;
  /** To be called once something is in place. */
  struck(): void;
}

export interface StepStrikes {
  readonly strikes: readonly StruckTarget[];
  readonly failures: readonly Failure[];
}

/** A fault of this experiment that is still in place, or may be. */
export interface OpenUndo {
  readonly id: string;
  readonly group: string;
  readonly why: string;
  readonly byHand: readonly string[];
}

/** How an experiment is held from outside. */
export interface ControlPort {
  /**
   * Who or what ends it, if anything does: a person, a stop of everything, a stop condition. Read again each time, a part of it at a
   * time. `surely`: all of it, before anything is injected; rejects where that cannot be read.
   */
  stopped(surely?: boolean): Promise<Stopped | undefined>;
  /**
   * Whoever holds no lease is dead, and the janitor undoes what is in place. Epoch ms. Rejects where it could not be renewed in time:
   * nothing more may be injected. `isWaiting`: nothing is in place until then. `wakeUp`: nothing of it runs either, and a stop is to
   * call this.
   */
  renewLease(until: number, isWaiting?: boolean, wakeUp?: string): Promise<void>;
  /** Tells people, ahead of time and as things happen. Never rejects, and takes no longer than some seconds. */
  announce(news: ExperimentNews): Promise<void>;
}

export interface Stopped {
  /** `stop by alice: too loud`, `stop condition checkout-burning`. */
  readonly by: string;
}

/** Told by steps: where a process dies in one, the next may say it again. */
export type ExperimentNews =
  /** Measuring begins then, epoch ms. */
  | { readonly is: 'soon'; readonly at: number }
  | { readonly is: 'injected'; readonly strikes: readonly StruckTarget[] }
  /** With faults in place, which have been undone since, as far as could be. */
  | {
      readonly is: 'aborted';
      readonly by: string;
      readonly strikes: readonly StruckTarget[];
      readonly isUndone: boolean;
    }
  /** `page`: where the report is, if it could be kept. */
  | { readonly is: 'ended'; readonly report: ExperimentReport; readonly page: string | undefined };
