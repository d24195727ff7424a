import type { SandboxContext } from '../state/sandbox-context.ts';
import type { Activities, Activity } from './activities.ts';
import { countInZone, type GroupMember, type InstanceLauncher } from './instance-launcher.ts';

/**
 * Processes whose suspension has an effect; there are no load balancers here, so that of AddToLoadBalancer is only shown.
 * Source: User Guide, "How suspended processes affect other processes".
 */
export type Process = 'Launch' | 'Terminate' | 'AddToLoadBalancer' | 'HealthCheck' | 'ReplaceUnhealthy';

const longestRetryMs = 3_600_000;

/**
 * Does what a group does by itself, and does it lazily: whenever somebody looks, all that would have happened by then happens,
 * each thing at its time. The result does not depend on who looked when.
 */
export class GroupClockwork {
  members: readonly GroupMember[];
  /** Since when, epoch ms, by name. */
  suspended: ReadonlyMap<Process, number> = new Map();
  /** How many instances are still to be launched; below zero, how many are to be terminated and not replaced. */
  capacityGap = 0;
  /** No launch is attempted before, epoch ms. */
  launchFrom = 0;
  failsToLaunch = false;
  launchesFailed = 0;
  /** Members that a redeployment has yet to replace. */
  toRedeploy: readonly GroupMember[] = [];
  readonly #launcher: InstanceLauncher;
  readonly #activities: Activities;
  readonly #context: SandboxContext;
  /** When something last happened here: what was held up until then happens no earlier. */
  #at = 0;

  constructor(
    members: readonly GroupMember[],
    launcher: InstanceLauncher,
    activities: Activities,
    context: SandboxContext,
  ) {
    this.members = members;
    this.#launcher = launcher;
    this.#activities = activities;
    this.#context = context;
  }

  /** Lets happen whatever would have happened by now. */
  settle(now: number): void {
    for (let next = this.#nextAt(now); next <= now; next = this.#nextAt(now)) {
      this.#at = next;
      this.#step(next);
    }
  }

  /** Something that a scenario does now, after everything that has happened by now. */
  happenNow(action: (now: number) => void): void {
    const now = this.#context.clock.now();
    this.settle(now);
    this.#at = now;
    action(now);
    this.settle(now);
  }

  /** A group has no use for a stopped instance either, and terminates it as well. */
  terminate(member: GroupMember, since: number, replace: boolean): Activity {
    member.instance.terminate(since);
    const { replacementMs } = this.#context.timings;
    const activity = this.#activities.terminating(member.instance, since, since + replacementMs);
    member.leaving = { since, replace, activity };
    return activity;
  }

  /** When the next thing happens that can be foreseen from what has happened by `now`. */
  #nextAt(now: number): number {
    const { healthCheckMs, replacementMs } = this.#context.timings;
    let next = Number.POSITIVE_INFINITY;
    for (const member of this.members) {
      const { leaving, replaceFrom } = member;
      if (leaving !== undefined) {
        next = Math.min(next, leaving.since + replacementMs);
      } else if (replaceFrom !== undefined) {
        if (this.#replacesUnhealthy) next = Math.min(next, replaceFrom);
      } else if (this.#isHealthChecked(member)) {
        const endedAt = member.instance.endedAt(now);
        if (endedAt !== undefined) next = Math.min(next, endedAt + healthCheckMs);
      }
    }
    if (this.capacityGap > 0 && !this.suspended.has('Launch')) next = Math.min(next, this.launchFrom);
    if (this.capacityGap < 0 && this.#surplus() !== undefined) next = Math.min(next, this.#at);
    if (this.toRedeploy.length > 0) next = Math.min(next, this.#nextRedeploymentAt());
    return Math.max(next, this.#at);
  }

  #step(at: number): void {
    const { healthCheckMs, replacementMs } = this.#context.timings;
    for (const member of this.members) {
      const { leaving, replaceFrom } = member;
      if (leaving !== undefined) {
        if (at >= leaving.since + replacementMs) this.#remove(member, at);
      } else if (replaceFrom !== undefined) {
        if (at >= replaceFrom && this.#replacesUnhealthy) this.terminate(member, at, true);
      } else if (this.#isHealthChecked(member)) {
        const endedAt = member.instance.endedAt(at);
        if (endedAt === undefined || at < endedAt + healthCheckMs) continue;
        member.health = 'Unhealthy';
        member.replaceFrom = at;
        // Immediately rather than in a separate step: members that ended together leave in order.
        if (this.#replacesUnhealthy) this.terminate(member, at, true);
      }
    }
    if (this.capacityGap > 0 && at >= this.launchFrom && !this.suspended.has('Launch')) this.#launch(at);
    while (this.capacityGap < 0) {
      const one = this.#surplus();
      if (one === undefined) break;
      this.capacityGap += 1;
      if (one.leaving === undefined) this.terminate(one, at, false);
      else one.leaving = { ...one.leaving, replace: false };
    }
    if (this.toRedeploy.length > 0 && at >= this.#nextRedeploymentAt()) {
      const [one, ...others] = this.toRedeploy;
      this.toRedeploy = others;
      if (one !== undefined && this.members.includes(one)) this.terminate(one, at, true);
    }
  }

  /** A group does not check its members in standby. */
  #isHealthChecked({ lifecycle }: GroupMember): boolean {
    return lifecycle !== 'Standby' && !this.suspended.has('HealthCheck');
  }

  /** With Terminate suspended "ReplaceUnhealthy is inactive but not HealthCheck". */
  get #replacesUnhealthy(): boolean {
    return !this.suspended.has('ReplaceUnhealthy') && !this.suspended.has('Terminate');
  }

  /** The member that scaling in terminates next: one that would be replaced, else one of the fullest zone. */
  #surplus(): GroupMember | undefined {
    const wouldBeReplaced = this.members.find(({ leaving }) => leaving?.replace === true);
    if (wouldBeReplaced !== undefined || this.suspended.has('Terminate')) return wouldBeReplaced;
    const count = ({ instance }: GroupMember) => countInZone(this.members, instance.zone);
    const [one] = this.members
      .filter((member) => member.leaving === undefined && member.lifecycle === undefined)
      .filter((member) => !member.protectedFromScaleIn)
      .toSorted((a, b) => count(b) - count(a));
    return one;
  }

  /** When a redeployment may continue: once the group is complete and all of it is in service. */
  #nextRedeploymentAt(): number {
    const { pendingMs } = this.#context.timings;
    const isHeldUp =
      this.capacityGap !== 0 ||
      this.suspended.has('Launch') ||
      this.suspended.has('Terminate') ||
      this.members.some(({ leaving }) => leaving !== undefined);
    if (isHeldUp) return Number.POSITIVE_INFINITY;
    return Math.max(this.#at, ...this.members.map(({ instance }) => instance.launchedAt + pendingMs));
  }

  #remove(member: GroupMember, at: number): void {
    this.members = this.members.filter((other) => other !== member);
    if (member.leaving?.replace !== true) return;
    this.capacityGap += 1;
    this.launchFrom = at;
  }

  #launch(at: number): void {
    const { launchRetryMs, pendingMs } = this.#context.timings;
    if (this.failsToLaunch) {
      this.#activities.launchFailed(at);
      this.launchFrom = at + Math.min(launchRetryMs * 2 ** this.launchesFailed, longestRetryMs);
      this.launchesFailed += 1;
      return;
    }
    for (; this.capacityGap > 0; this.capacityGap -= 1) {
      const member = this.#launcher.launch(this.members, at);
      this.members = [...this.members, member];
      this.#activities.launching(member.instance, at, at + pendingMs);
    }
  }
}
