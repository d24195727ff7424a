import type { Tags } from '#core/model/group.ts';
import { Activities, type Activity } from './activities.ts';
import { type AutoScalingGroupSeed, usualMembers } from './group-seed.ts';
import { type EndedStatus, InstanceRefreshes, type UnendedStatus } from './instance-refreshes.ts';
import { crowd, type GroupMember, type Home, Recruits } from './recruits.ts';

/**
 * Processes whose suspension is heeded; there are no load balancers here, so that of AddToLoadBalancer is only shown.
 * Source: User Guide, "How suspended processes affect other processes".
 */
export type Process = 'Launch' | 'Terminate' | 'AddToLoadBalancer' | 'HealthCheck' | 'ReplaceUnhealthy';

const nothingSuspended: ReadonlyMap<Process, number> = new Map();
const dayMs = 86_400_000;
const longestRetryMs = 3_600_000;

/**
 * Does what a group does by itself, late: whenever somebody looks, all that would have happened by then happens, each thing at
 * its time. What comes out does not depend on who looked when.
 */
export class AutoScalingGroup {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly zones: readonly string[];
  readonly propagateTags: boolean;
  readonly createdAt: number;
  readonly refreshes = new InstanceRefreshes();
  readonly #activities: Activities;
  readonly #home: Home;
  readonly #recruits: Recruits;
  readonly #uuid: string;
  #suspended: ReadonlyMap<Process, number> = nothingSuspended;
  #tags: Tags;
  #desired: number;
  #members: GroupMember[];
  #isDeleted = false;
  /** Instances yet to be launched; below zero, yet to be ended for good. */
  #owed = 0;
  /** No launch is tried before, epoch ms. */
  #launchFrom = 0;
  #failsToLaunch = false;
  #launchesFailed = 0;
  /** Members that a redeployment has yet to replace. */
  #outgoing: readonly GroupMember[] = [];
  /** When something last happened here: what was held up until then happens no earlier. */
  #at = 0;

  constructor(seed: AutoScalingGroupSeed, home: Home) {
    const { clock, ids } = home.surroundings;
    this.name = seed.name;
    this.min = seed.min ?? 0;
    this.max = seed.max ?? seed.desired * 2;
    this.zones = seed.zones ?? home.zones;
    this.propagateTags = seed.propagateTags ?? true;
    this.createdAt = seed.createdAt ?? clock.now() - dayMs;
    this.#home = home;
    this.#uuid = ids.uuid();
    this.#activities = new Activities(ids);
    this.#tags = seed.tags ?? {};
    this.#recruits = new Recruits(this, this.propagateTags ? this.#tags : {}, home);
    this.#desired = seed.desired;
    this.#members = (seed.members ?? usualMembers(seed.desired)).map((member, index) =>
      this.#recruits.seeded(member, index, this.createdAt),
    );
  }

  get arn(): string {
    const { partition, region, account } = this.#home;
    return `arn:${partition}:autoscaling:${region}:${account}:autoScalingGroup:${this.#uuid}:autoScalingGroupName/${this.name}`;
  }

  get tags(): Tags {
    return this.#tags;
  }

  get desired(): number {
    return this.#desired;
  }

  get members(): readonly GroupMember[] {
    return this.#members;
  }

  get isDeleted(): boolean {
    return this.#isDeleted;
  }

  /** Since when, epoch ms, by name. */
  get suspended(): ReadonlyMap<Process, number> {
    return this.#suspended;
  }

  activitiesAt(now: number): readonly Activity[] {
    return this.#activities.at(now);
  }

  /** What AWS would call the state of a member. */
  lifecycleOf(member: GroupMember, now: number): string {
    if (member.leaving !== undefined) return 'Terminating';
    return member.lifecycle ?? (member.instance.stateAt(now) === 'pending' ? 'Pending' : 'InService');
  }

  healthOf({ health }: GroupMember): 'Healthy' | 'Unhealthy' {
    return health;
  }

  /** Ends a member at once; it is replaced, or the group wants one less. */
  terminateMember(member: GroupMember, now: number, decrement: boolean): Activity {
    if (member.leaving !== undefined) return member.leaving.activity;
    if (decrement) this.#desired -= 1;
    else member.health = 'Unhealthy';
    return this.#letGo(member, now, !decrement);
  }

  /** Wants so many from now on: launches what is missing, ends what is too much. */
  setDesired(desired: number): void {
    this.#now((now) => {
      this.#owed += desired - this.#desired;
      this.#desired = desired;
      this.#launchFrom = now;
    });
  }

  /** The group's own, and those of instances launched from now on. */
  setTags(tags: Tags): void {
    this.#tags = tags;
    if (this.propagateTags) this.#recruits.setTags(tags);
  }

  suspend(process: Process): void {
    this.#now((now) => {
      this.#suspended = new Map([...this.#suspended, [process, now]]);
    });
  }

  /** What was held up happens at once. */
  resume(process: Process): void {
    this.#now(() => {
      this.#suspended = new Map([...this.#suspended].filter(([other]) => other !== process));
    });
  }

  /** While true, every launch fails for want of capacity. */
  failToLaunch(fails: boolean): void {
    this.#now((now) => {
      this.#failsToLaunch = fails;
      this.#launchesFailed = 0;
      this.#launchFrom = now;
    });
  }

  /** A member fails its health check: it is unhealthy now, and replaced as if it had ended. */
  degrade(instanceId: string): void {
    this.#now((now) => {
      const member = this.#member(instanceId);
      member.health = 'Unhealthy';
      member.replaceFrom ??= now + this.#home.surroundings.timings.healthCheckMs;
    });
  }

  protectFromScaleIn(instanceId: string, isProtected = true): void {
    this.#now(() => {
      this.#member(instanceId).protectedFromScaleIn = isProtected;
    });
  }

  /** Replaces all members, one after the other: the next is ended when the one before it has a replacement in service. */
  redeploy(): void {
    this.#now(() => {
      this.#outgoing = this.#members.filter(({ lifecycle }) => lifecycle === undefined);
    });
  }

  beginInstanceRefresh(status: UnendedStatus = 'InProgress'): void {
    const { clock, ids } = this.#home.surroundings;
    this.refreshes.begin(ids.uuid(), status, clock.now());
  }

  endInstanceRefresh(status: EndedStatus = 'Successful'): void {
    this.refreshes.end(status, this.#home.surroundings.clock.now());
  }

  /** Ends the group and all its instances. */
  delete(): void {
    this.#now((now) => {
      for (const { instance } of this.#members) instance.terminate(now);
      this.#members = [];
      this.#owed = 0;
      this.#isDeleted = true;
    });
  }

  /** Does what the group would have done by now. */
  settle(now: number): void {
    for (let next = this.#nextAt(now); next <= now; next = this.#nextAt(now)) {
      this.#at = next;
      this.#step(next);
    }
  }

  /** When something will happen that can be foreseen from what has happened by `now`. */
  #nextAt(now: number): number {
    const { healthCheckMs, replacementMs } = this.#home.surroundings.timings;
    let next = Number.POSITIVE_INFINITY;
    for (const member of this.#members) {
      const { leaving, replaceFrom, lifecycle } = member;
      if (leaving !== undefined) {
        next = Math.min(next, leaving.since + replacementMs);
      } else if (replaceFrom !== undefined) {
        if (this.#replacesUnhealthy) next = Math.min(next, replaceFrom);
      } else if (lifecycle !== 'Standby' && !this.#suspended.has('HealthCheck')) {
        // A member in standby is not looked after by its group.
        const endedAt = member.instance.endedAt(now);
        if (endedAt !== undefined) next = Math.min(next, endedAt + healthCheckMs);
      }
    }
    if (this.#owed > 0 && !this.#suspended.has('Launch')) next = Math.min(next, this.#launchFrom);
    if (this.#owed < 0 && this.#surplus() !== undefined) next = Math.min(next, this.#at);
    if (this.#outgoing.length > 0) next = Math.min(next, this.#nextOutgoingAt());
    return Math.max(next, this.#at);
  }

  #step(at: number): void {
    const { healthCheckMs, replacementMs } = this.#home.surroundings.timings;
    for (const member of this.#members) {
      const { leaving, replaceFrom, lifecycle, instance } = member;
      if (leaving !== undefined) {
        if (at >= leaving.since + replacementMs) this.#remove(member, at);
      } else if (replaceFrom !== undefined) {
        if (at >= replaceFrom && this.#replacesUnhealthy) this.#letGo(member, at, true);
      } else if (lifecycle !== 'Standby' && !this.#suspended.has('HealthCheck')) {
        const endedAt = instance.endedAt(at);
        if (endedAt === undefined || at < endedAt + healthCheckMs) continue;
        member.health = 'Unhealthy';
        member.replaceFrom = at;
        // Let go of now, and not in a step of its own, so that members that ended together leave in their order.
        if (this.#replacesUnhealthy) this.#letGo(member, at, true);
      }
    }
    if (this.#owed > 0 && at >= this.#launchFrom && !this.#suspended.has('Launch')) this.#launchOwed(at);
    while (this.#owed < 0) {
      const one = this.#surplus();
      if (one === undefined) break;
      this.#owed += 1;
      if (one.leaving === undefined) this.#letGo(one, at, false);
      else one.leaving = { ...one.leaving, replace: false };
    }
    if (this.#outgoing.length > 0 && at >= this.#nextOutgoingAt()) {
      const [one, ...others] = this.#outgoing;
      this.#outgoing = others;
      if (one !== undefined && this.#members.includes(one)) this.#letGo(one, at, true);
    }
  }

  /** With Terminate suspended "ReplaceUnhealthy is inactive but not HealthCheck". */
  get #replacesUnhealthy(): boolean {
    return !this.#suspended.has('ReplaceUnhealthy') && !this.#suspended.has('Terminate');
  }

  /** The member that scaling in ends next: one that would be replaced, else one of the fullest zone. */
  #surplus(): GroupMember | undefined {
    const wouldBeReplaced = this.#members.find(({ leaving }) => leaving?.replace === true);
    if (wouldBeReplaced !== undefined || this.#suspended.has('Terminate')) return wouldBeReplaced;
    const [one] = this.#members
      .filter((member) => member.leaving === undefined && member.lifecycle === undefined)
      .filter((member) => !member.protectedFromScaleIn)
      .toSorted((a, b) => crowd(this.#members, b.instance.zone) - crowd(this.#members, a.instance.zone));
    return one;
  }

  /** When a redeployment may go on: once the group is whole and all of it is in service. */
  #nextOutgoingAt(): number {
    const { pendingMs } = this.#home.surroundings.timings;
    const isHeldUp =
      this.#owed !== 0 ||
      this.#suspended.has('Launch') ||
      this.#suspended.has('Terminate') ||
      this.#members.some(({ leaving }) => leaving !== undefined);
    if (isHeldUp) return Number.POSITIVE_INFINITY;
    return Math.max(this.#at, ...this.#members.map(({ instance }) => instance.launchedAt + pendingMs));
  }

  /** A stopped instance is of no use to its group, which terminates it as well. */
  #letGo(member: GroupMember, since: number, replace: boolean): Activity {
    member.instance.terminate(since);
    const { replacementMs } = this.#home.surroundings.timings;
    const activity = this.#activities.terminating(member.instance, since, since + replacementMs);
    member.leaving = { since, replace, activity };
    return activity;
  }

  #remove(member: GroupMember, at: number): void {
    this.#members = this.#members.filter((other) => other !== member);
    if (member.leaving?.replace !== true) return;
    this.#owed += 1;
    this.#launchFrom = at;
  }

  #launchOwed(at: number): void {
    const { launchRetryMs, pendingMs } = this.#home.surroundings.timings;
    if (this.#failsToLaunch) {
      this.#activities.launchFailed(at);
      this.#launchFrom = at + Math.min(launchRetryMs * 2 ** this.#launchesFailed, longestRetryMs);
      this.#launchesFailed += 1;
      return;
    }
    for (; this.#owed > 0; this.#owed -= 1) {
      const member = this.#recruits.newcomer(this.#members, at);
      this.#members = [...this.#members, member];
      this.#activities.launching(member.instance, at, at + pendingMs);
    }
  }

  /** Something that the scenario does now, after all that has happened by now. */
  #now(happens: (now: number) => void): void {
    const now = this.#home.surroundings.clock.now();
    this.settle(now);
    this.#at = now;
    happens(now);
    this.settle(now);
  }

  #member(instanceId: string): GroupMember {
    const member = this.#members.find(({ instance }) => instance.id === instanceId);
    if (member === undefined) throw new Error(`${instanceId} is not a member of ${this.name}`);
    return member;
  }
}
