import type { Tags } from '#core/model/group.ts';
import { Activities, type Activity } from './activities.ts';
import { GroupClockwork, type Process } from './group-clockwork.ts';
import { type AutoScalingGroupSeed, usualMembers } from './group-seed.ts';
import { type GroupMember, InstanceLauncher, type Placement } from './instance-launcher.ts';
import { type EndedStatus, InstanceRefreshes, type UnendedStatus } from './instance-refreshes.ts';

const dayMs = 86_400_000;

/** A group as calls see it, and what a scenario does to it. What it does by itself is up to its clockwork. */
export class AutoScalingGroup {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly zones: readonly string[];
  readonly propagateTags: boolean;
  readonly createdAt: number;
  readonly refreshes = new InstanceRefreshes();
  readonly #activities: Activities;
  readonly #clockwork: GroupClockwork;
  readonly #launcher: InstanceLauncher;
  readonly #placement: Placement;
  readonly #uuid: string;
  #tags: Tags;
  #desired: number;
  #isDeleted = false;

  constructor(seed: AutoScalingGroupSeed, placement: Placement) {
    const { clock, ids } = placement.context;
    this.name = seed.name;
    this.min = seed.min ?? 0;
    this.max = seed.max ?? seed.desired * 2;
    this.zones = seed.zones ?? placement.zones;
    this.propagateTags = seed.propagateTags ?? true;
    this.createdAt = seed.createdAt ?? clock.now() - dayMs;
    this.#placement = placement;
    this.#uuid = ids.uuid();
    this.#activities = new Activities(ids);
    this.#tags = seed.tags ?? {};
    this.#desired = seed.desired;
    this.#launcher = new InstanceLauncher(
      { ...seed, zones: this.zones },
      this.propagateTags ? this.#tags : {},
      placement,
    );
    const members = (seed.members ?? usualMembers(seed.desired)).map((member, index) =>
      this.#launcher.launchSeed(member, index, this.createdAt),
    );
    this.#clockwork = new GroupClockwork(members, this.#launcher, this.#activities, placement.context);
  }

  get arn(): string {
    const { partition, region, account } = this.#placement;
    return `arn:${partition}:autoscaling:${region}:${account}:autoScalingGroup:${this.#uuid}:autoScalingGroupName/${this.name}`;
  }

  get tags(): Tags {
    return this.#tags;
  }

  get desired(): number {
    return this.#desired;
  }

  get members(): readonly GroupMember[] {
    return this.#clockwork.members;
  }

  get isDeleted(): boolean {
    return this.#isDeleted;
  }

  /** Since when, epoch ms, by name. */
  get suspended(): ReadonlyMap<Process, number> {
    return this.#clockwork.suspended;
  }

  activitiesAt(now: number): readonly Activity[] {
    return this.#activities.at(now);
  }

  /** What AWS would call the state of a member. */
  lifecycleOf(member: GroupMember, now: number): string {
    if (member.leaving !== undefined) return 'Terminating';
    return member.lifecycle ?? (member.instance.stateAt(now) === 'pending' ? 'Pending' : 'InService');
  }

  /** Does what the group would have done by now. */
  settle(now: number): void {
    this.#clockwork.settle(now);
  }

  /** Terminates a member immediately: it is replaced, or the desired capacity is decremented. */
  terminateMember(member: GroupMember, now: number, decrement: boolean): Activity {
    if (member.leaving !== undefined) return member.leaving.activity;
    if (decrement) this.#desired -= 1;
    else member.health = 'Unhealthy';
    return this.#clockwork.terminate(member, now, !decrement);
  }

  /** Launches what is missing, terminates what exceeds the desired capacity. */
  setDesired(desired: number): void {
    this.#clockwork.happenNow((now) => {
      this.#clockwork.capacityGap += desired - this.#desired;
      this.#clockwork.launchFrom = now;
      this.#desired = desired;
    });
  }

  /** The group's own, and those of instances launched from now on. */
  setTags(tags: Tags): void {
    this.#tags = tags;
    if (this.propagateTags) this.#launcher.setTags(tags);
  }

  suspend(process: Process): void {
    this.#clockwork.happenNow((now) => {
      this.#clockwork.suspended = new Map([...this.suspended, [process, now]]);
    });
  }

  /** What was held up happens immediately. */
  resume(process: Process): void {
    this.#clockwork.happenNow(() => {
      this.#clockwork.suspended = new Map([...this.suspended].filter(([other]) => other !== process));
    });
  }

  /** While true, every launch fails for lack of capacity. */
  failToLaunch(fails: boolean): void {
    this.#clockwork.happenNow((now) => {
      this.#clockwork.failsToLaunch = fails;
      this.#clockwork.launchesFailed = 0;
      this.#clockwork.launchFrom = now;
    });
  }

  /** A member fails its health check: it is unhealthy now, and replaced as if it had ended. */
  degrade(instanceId: string): void {
    this.#clockwork.happenNow((now) => {
      const member = this.#member(instanceId);
      member.health = 'Unhealthy';
      member.replaceFrom ??= now + this.#placement.context.timings.healthCheckMs;
    });
  }

  protectFromScaleIn(instanceId: string, isProtected = true): void {
    this.#clockwork.happenNow(() => {
      this.#member(instanceId).protectedFromScaleIn = isProtected;
    });
  }

  /** Replaces all members one by one: each is terminated when the replacement of the one before is in service. */
  redeploy(): void {
    this.#clockwork.happenNow(() => {
      this.#clockwork.toRedeploy = this.members.filter(({ lifecycle }) => lifecycle === undefined);
    });
  }

  beginInstanceRefresh(status: UnendedStatus = 'InProgress'): void {
    const { clock, ids } = this.#placement.context;
    this.refreshes.begin(ids.uuid(), status, clock.now());
  }

  endInstanceRefresh(status: EndedStatus = 'Successful'): void {
    this.refreshes.end(status, this.#placement.context.clock.now());
  }

  /** Deletes the group and terminates all its instances. */
  delete(): void {
    this.#clockwork.happenNow((now) => {
      for (const { instance } of this.members) instance.terminate(now);
      this.#clockwork.members = [];
      this.#clockwork.capacityGap = 0;
      this.#isDeleted = true;
    });
  }

  #member(instanceId: string): GroupMember {
    const member = this.members.find(({ instance }) => instance.id === instanceId);
    if (member === undefined) throw new Error(`${instanceId} is not a member of ${this.name}`);
    return member;
  }
}
