import type { Tags } from '#core/model/group.ts';
import type { Timings } from '../state/sandbox-context.ts';

export type InstanceState = 'pending' | 'running' | 'shutting-down' | 'terminated' | 'stopping' | 'stopped';

/** Transitional states: what follows, and after how long. */
const passing: Partial<Record<InstanceState, { readonly to: InstanceState; readonly in: keyof Timings }>> = {
  pending: { to: 'running', in: 'pendingMs' },
  'shutting-down': { to: 'terminated', in: 'shuttingDownMs' },
  stopping: { to: 'stopped', in: 'stoppingMs' },
};

/** EC2 still lists a terminated instance for "usually one hour": User Guide, "Instance termination". */
const listedAfterTerminationMs = 3_600_000;

/** What an instance is for as long as it lives, as EC2 says it. */
export interface InstanceTraits {
  /** `ebs` or `instance-store`. */
  readonly rootDevice: string;
  /** `spot`, `scheduled`, `capacity-block`...; undefined for On-Demand Instances. */
  readonly purchase: string | undefined;
  /** The service that manages it, `eks.amazonaws.com`; undefined if its owner does. */
  readonly managedBy: string | undefined;
}

export interface InstanceSeed {
  readonly id: string;
  readonly zone: string;
  readonly tags: Tags;
  readonly launchedAt: number;
  readonly state: InstanceState;
  /** When it entered that state, epoch ms. */
  readonly since: number;
  /** The name of the Auto Scaling group that launched it. */
  readonly autoScalingGroup?: string;
  readonly traits?: Partial<InstanceTraits> | undefined;
}

export class Instance {
  readonly id: string;
  readonly zone: string;
  readonly autoScalingGroup: string | undefined;
  readonly traits: InstanceTraits;
  reboots = 0;
  readonly #timings: Timings;
  #tags: Tags;
  #launchedAt: number;
  #isProtected = false;
  #isStopProtected = false;
  #state: InstanceState;
  #since: number;

  constructor(seed: InstanceSeed, timings: Timings) {
    this.id = seed.id;
    this.zone = seed.zone;
    this.autoScalingGroup = seed.autoScalingGroup;
    this.traits = { rootDevice: 'ebs', purchase: undefined, managedBy: undefined, ...seed.traits };
    this.#timings = timings;
    this.#tags = seed.tags;
    this.#launchedAt = seed.launchedAt;
    this.#state = seed.state;
    this.#since = seed.since;
  }

  get tags(): Tags {
    return this.#tags;
  }

  /** Epoch ms. "Changes for instances that have been stopped and started": API reference, Instance. */
  get launchedAt(): number {
    return this.#launchedAt;
  }

  /** By the attribute `disableApiTermination`: from `TerminateInstances`. */
  get isProtected(): boolean {
    return this.#isProtected;
  }

  /** By the attribute `disableApiStop`: from `StopInstances`, and from `TerminateInstances` as well. */
  get isStopProtected(): boolean {
    return this.#isStopProtected;
  }

  setTags(tags: Tags): void {
    this.#tags = tags;
  }

  protect(isProtected = true): void {
    this.#isProtected = isProtected;
  }

  protectFromStop(isProtected = true): void {
    this.#isStopProtected = isProtected;
  }

  stateAt(now: number): InstanceState {
    const next = passing[this.#state];
    return next !== undefined && now >= this.#since + this.#timings[next.in] ? next.to : this.#state;
  }

  /** When it began to stop or to terminate; undefined while it is running or pending. */
  endedAt(now: number): number | undefined {
    const state = this.stateAt(now);
    return state === 'running' || state === 'pending' ? undefined : this.#since;
  }

  isListedAt(now: number): boolean {
    return (
      this.stateAt(now) !== 'terminated' ||
      now < this.#since + this.#timings.shuttingDownMs + listedAfterTerminationMs
    );
  }

  terminate(now: number): void {
    const state = this.stateAt(now);
    if (state !== 'terminated' && state !== 'shutting-down') this.#change('shutting-down', now);
  }

  stop(now: number): void {
    if (this.stateAt(now) === 'running') this.#change('stopping', now);
  }

  start(now: number): void {
    if (this.stateAt(now) !== 'stopped') return;
    this.#change('pending', now);
    this.#launchedAt = now;
  }

  /** Does not change the state, and is counted for people and tests. */
  reboot(now: number): void {
    if (this.stateAt(now) === 'running') this.reboots += 1;
  }

  #change(state: InstanceState, now: number): void {
    this.#state = state;
    this.#since = now;
  }
}
