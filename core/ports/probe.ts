import type * as z from 'zod';
import type { ProbeSpec } from '../model/experiment.ts';
import type { Condition } from '../model/fault.ts';
import type { SdkClient, SdkClientClass } from '../model/injector.ts';
import type { Sample } from '../model/sample.ts';
import type { PlaceOfRole } from '../model/target.ts';
import type { Clock } from './clock.ts';
import type { GroupHealth } from './kind.ts';

/** A way to measure a steady state: one file in probes/ and its test, and nothing else to touch. */
export interface Probe<Parameters = unknown> {
  /** Kebab-case, the name of its file. */
  readonly type: string;
  /** One sentence, for the docs. */
  readonly summary: string;
  /**
   * `events`: each sample stands for itself, and a share of them may be bad. `state`: what is so until the next sample, and may be bad
   * for a time. `shares`: the value of each sample is the share of bad events in a period of its own, from 0 to 1.
   */
  readonly measures: 'events' | 'state' | 'shares';
  /** Of a sample's value, for tables and axes: `ms`. Absent where samples are only good or bad. */
  readonly unit?: string;
  /** Strict; each key has a description. In a file they stand beside the keys that all probes have. */
  readonly parameters: z.ZodObject & z.ZodType<Parameters>;
  /** Measuring more often than this tells nothing more. */
  readonly leastEveryMs: number;
  /**
   * How long after its moment a sample can be asked for, 0 for one of the present. Above 0 the past can be asked about as well: such
   * samples may be read once a phase is over.
   */
  readonly settlesMs: number;
  readonly permissions: readonly ProbePermission[];
  /** What is measured, for people: `GET https://shop.example.com/ within 800 ms`. Holds no secret. */
  what(parameters: Parameters): string;
  /** A value above which a sample is bad; undefined if there is none. */
  limit?(parameters: Parameters): number | undefined;
  /** Where it may not look, with these parameters and this configuration, in a few words; undefined if it may. */
  refused?(parameters: Parameters, allowed: AllowedByConfig): string | undefined;
  /** Prepares to measure, and measures nothing yet: reads secrets, makes connections ready. Throws what prevents it. */
  open(parameters: Parameters, means: ProbeMeans): Promise<Prober>;
}

/** An action that a probe calls. The policies of roles and of sessions are derived from these. */
export interface ProbePermission {
  readonly action: `${string}:${string}`;
  /** Whose role calls it: the target's, by a read-only session, or the master's own. */
  readonly by: 'target' | 'master';
  /** The ARNs that it is called on; left out where IAM cannot limit it. */
  on?(place: PlaceOfRole): string;
  readonly condition?: Condition;
}

export interface AllowedByConfig {
  /** Hosts that http probes may ask: `shop.example.com`, `*.example.com`, `10.1.2.3`. */
  readonly hosts: readonly string[];
  /** Whether they may ask this machine. Never in a deployment: on a laptop, the sandbox's demos listen there. */
  readonly loopback: boolean;
}

/** What a probe measures with. */
export interface ProbeMeans {
  readonly clock: Clock;
  /** Ms on a clock that is never set, for durations. */
  stopwatch(): number;
  readonly allowed: AllowedByConfig;
  /**
   * SDK clients under a read-only session, without retries: a sample is one attempt. Their calls wait for no others, and end with the
   * signal that they are given, or after 10 s unless they say otherwise. Throws STS's errors.
   */
  clients(place: { readonly account: string; readonly region: string }): Promise<ProbeClients>;
  /** The value of an SSM parameter of the master account, decrypted. Throws AWS's error. */
  secret(name: string): Promise<string>;
  /** Whether AWS may well answer the same question a moment later: it was throttled, or lost. */
  isPassing(error: unknown): boolean;
  /** How the group with this key is now; undefined if there is none. Throws AWS's error. */
  health(groupKey: string): Promise<GroupHealth | undefined>;
}

export type ProbeClients = <Client extends SdkClient>(service: SdkClientClass<Client>) => Client;

/**
 * Samples without an answer at a time, of one probe and of all of a file: each is a socket, of which a function has 1,024, and may hold
 * a megabyte, of which it has as many.
 */
export const mostInFlight = 512;

/** Measures one thing, again and again, many samples at a time. */
export interface Prober {
  /** What is ours and not of whoever is asked, such as a session. Without it in time, a sample is not taken: nobody was asked. */
  ready?(): Promise<void>;
  /**
   * Takes the sample that is due at this moment, epoch ms. Once `over` is aborted, nobody waits for it any more: all that it holds is
   * released. Rejects only where nobody can tell what a user would have seen, as where IAM denies the question: that sample is
   * unmeasured.
   */
  measure(due: number, over: AbortSignal): Promise<Measurement>;
  close(): Promise<void>;
}

/** A sample without its moment. */
export type Measurement = Omit<Sample, 'due'>;

/** Measures the samples of one probe of an experiment by the clock, and gives them in due order. */
export interface Sampler {
  readonly spec: ProbeSpec;
  /**
   * Samples that are due from `from` on until `to`, epoch ms, in due order: periods that follow each other have each sample once. Those
   * that are without an answer when the period is over are awaited. Ends early once `stop` says so.
   */
  between(from: number, to: number, stop: AbortSignal): AsyncIterable<Sample>;
  close(): Promise<void>;
}
