import type { Tags } from '#core/group.ts';
import { Instance, type InstanceSeed, type InstanceState } from '../ec2/instance.ts';
import type { Surroundings } from '../state/surroundings.ts';

/** An Auto Scaling group as a scenario describes it. */
export interface AutoScalingGroupSeed {
  readonly name: string;
  readonly desired: number;
  /** Left out: 0. */
  readonly min?: number;
  /** Left out: twice `desired`. */
  readonly max?: number;
  /** Left out: a, b and c of the region. Members are spread over them in turn. */
  readonly zones?: readonly string[];
  readonly tags?: Tags;
  /** Whether instances are launched with the group's tags. Left out: they are. */
  readonly propagateTags?: boolean;
  /** Left out: as many running ones as desired. */
  readonly members?: readonly MemberSeed[];
  /** Epoch ms. Left out: a day ago. */
  readonly createdAt?: number;
}

export interface MemberSeed {
  readonly zone?: string;
  /** EC2's state. Left out: `running`. */
  readonly state?: InstanceState;
  /** What the group calls it where that does not follow from `state`: `Standby`, `Pending:Wait`, `Terminating:Wait`. */
  readonly lifecycle?: string;
  readonly health?: 'Healthy' | 'Unhealthy';
  readonly protectedFromScaleIn?: boolean;
  /** Besides those that the group gives it. */
  readonly tags?: Tags;
}

export interface GroupMember {
  readonly instance: Instance;
  readonly protectedFromScaleIn: boolean;
  readonly lifecycle: string | undefined;
  readonly health: 'Healthy' | 'Unhealthy';
  /** Since when the group is letting go of this instance, and whether another will take its place. */
  leaving?: { readonly since: number; readonly replace: boolean };
}

const dayMs = 86_400_000;

/** Where groups live: one for all groups of an account and region. */
export interface Home {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly zones: readonly string[];
  readonly surroundings: Surroundings;
  /** Is told of every instance that a group launches. */
  readonly launched: (instance: Instance) => void;
}

export class AutoScalingGroup {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly zones: readonly string[];
  readonly tags: Tags;
  readonly propagateTags: boolean;
  readonly createdAt: number;
  readonly #home: Home;
  readonly #uuid: string;
  /** Shared by all instances, as most never get one of their own. */
  readonly #instanceTags: Tags;
  #desired: number;
  #members: GroupMember[];

  constructor(seed: AutoScalingGroupSeed, home: Home) {
    this.name = seed.name;
    this.min = seed.min ?? 0;
    this.max = seed.max ?? seed.desired * 2;
    this.zones = seed.zones ?? home.zones;
    this.tags = seed.tags ?? {};
    this.propagateTags = seed.propagateTags ?? true;
    this.createdAt = seed.createdAt ?? home.surroundings.clock.now() - dayMs;
    this.#home = home;
    this.#uuid = home.surroundings.ids.uuid();
    this.#instanceTags = {
      ...(this.propagateTags ? this.tags : {}),
      'aws:autoscaling:groupName': seed.name,
    };
    this.#desired = seed.desired;
    this.#members = (seed.members ?? usualMembers(seed.desired)).map((member, index) =>
      this.#seeded(member, index),
    );
  }

  get arn(): string {
    const { partition, region, account } = this.#home;
    return `arn:${partition}:autoscaling:${region}:${account}:autoScalingGroup:${this.#uuid}:autoScalingGroupName/${this.name}`;
  }

  get desired(): number {
    return this.#desired;
  }

  get members(): readonly GroupMember[] {
    return this.#members;
  }

  /** What AWS would call the state of a member. */
  lifecycleOf(member: GroupMember, now: number): string {
    if (member.leaving !== undefined) return 'Terminating';
    return member.lifecycle ?? (member.instance.stateAt(now) === 'pending' ? 'Pending' : 'InService');
  }

  healthOf(member: GroupMember): 'Healthy' | 'Unhealthy' {
    return member.leaving?.replace === true ? 'Unhealthy' : member.health;
  }

  /** Ends a member at once; it is replaced, or the group wants one less. */
  terminateMember(member: GroupMember, now: number, decrement: boolean): void {
    member.instance.terminate(now);
    if (member.leaving !== undefined) return;
    if (decrement) this.#desired -= 1;
    member.leaving = { since: now, replace: !decrement };
  }

  /** Does what the group would have done by now about instances that have ended. */
  settle(now: number): void {
    const { healthCheckMs, replacementMs } = this.#home.surroundings.timings;
    for (const member of this.#members) {
      const endedAt = member.instance.endedAt(now);
      // A member in standby is not looked after by its group.
      if (endedAt === undefined || member.lifecycle === 'Standby') continue;
      const { since, replace } = member.leaving ?? { since: endedAt + healthCheckMs, replace: true };
      if (now < since) continue;
      member.leaving = { since, replace };
      // A stopped instance is of no use to its group, which terminates it.
      member.instance.terminate(since);
      if (now < since + replacementMs) continue;
      this.#members = this.#members.filter((other) => other !== member);
      if (replace) this.#members.push(this.#replacement(since + replacementMs));
    }
  }

  #seeded(seed: MemberSeed, index: number): GroupMember {
    const {
      zone,
      state = 'running',
      lifecycle,
      health = 'Healthy',
      protectedFromScaleIn = false,
      tags,
    } = seed;
    const instance = this.#launch({
      zone: zone ?? this.zones[index % this.zones.length] ?? '',
      tags: tags === undefined ? this.#instanceTags : { ...this.#instanceTags, ...tags },
      launchedAt: this.createdAt,
      since: this.#home.surroundings.clock.now(),
      state,
    });
    return { instance, protectedFromScaleIn, lifecycle, health };
  }

  /** In the zone that has the fewest, as Auto Scaling balances them. */
  #replacement(launchedAt: number): GroupMember {
    const crowd = (zone: string) => this.#members.filter(({ instance }) => instance.zone === zone).length;
    const [zone = ''] = this.zones.toSorted((a, b) => crowd(a) - crowd(b));
    const instance = this.#launch({
      zone,
      tags: this.#instanceTags,
      launchedAt,
      since: launchedAt,
      state: 'pending',
    });
    return { instance, protectedFromScaleIn: false, lifecycle: undefined, health: 'Healthy' };
  }

  #launch(launch: Omit<InstanceSeed, 'id' | 'autoScalingGroup'>): Instance {
    const { ids, timings } = this.#home.surroundings;
    const instance = new Instance({ ...launch, id: ids.instance(), autoScalingGroup: this.name }, timings);
    this.#home.launched(instance);
    return instance;
  }
}

function usualMembers(desired: number): readonly MemberSeed[] {
  return Array.from({ length: desired }, () => ({}));
}
