import type { Tags } from '#core/model/group.ts';
import { Instance, type InstanceSeed } from '../ec2/instance.ts';
import type { Surroundings } from '../state/surroundings.ts';
import type { Activity } from './activities.ts';
import type { MemberSeed } from './group-seed.ts';

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

export interface GroupMember {
  readonly instance: Instance;
  readonly lifecycle: string | undefined;
  protectedFromScaleIn: boolean;
  health: 'Healthy' | 'Unhealthy';
  /** Epoch ms from which on the group replaces it, once it has been marked as unhealthy. */
  replaceFrom?: number;
  /** Since when the group is letting go of this instance, and whether another will take its place. */
  leaving?: { readonly since: number; readonly replace: boolean; readonly activity: Activity };
}

/** Launches a group's members. */
export class Recruits {
  readonly #group: { readonly name: string; readonly zones: readonly string[] };
  readonly #home: Home;
  /** Shared by all instances, as most never get one of their own. */
  #tags: Tags;

  constructor(group: { readonly name: string; readonly zones: readonly string[] }, tags: Tags, home: Home) {
    this.#group = group;
    this.#home = home;
    this.#tags = this.#launchedWith(tags);
  }

  /** Of instances launched from now on. */
  setTags(tags: Tags): void {
    this.#tags = this.#launchedWith(tags);
  }

  /** One that is there from the beginning. */
  seeded(seed: MemberSeed, index: number, launchedAt: number): GroupMember {
    const {
      zone,
      state = 'running',
      lifecycle,
      health = 'Healthy',
      protectedFromScaleIn = false,
      tags,
      traits,
    } = seed;
    const { zones } = this.#group;
    const instance = this.#launch({
      zone: zone ?? zones[index % zones.length] ?? '',
      tags: tags === undefined ? this.#tags : { ...this.#tags, ...tags },
      launchedAt,
      since: this.#home.surroundings.clock.now(),
      state,
      traits,
    });
    return { instance, protectedFromScaleIn, lifecycle, health };
  }

  /** In the zone that has the fewest, as Auto Scaling balances them. */
  newcomer(members: readonly GroupMember[], launchedAt: number): GroupMember {
    const [zone = ''] = this.#group.zones.toSorted((a, b) => crowd(members, a) - crowd(members, b));
    const instance = this.#launch({
      zone,
      tags: this.#tags,
      launchedAt,
      since: launchedAt,
      state: 'pending',
    });
    return { instance, protectedFromScaleIn: false, lifecycle: undefined, health: 'Healthy' };
  }

  #launch(launch: Omit<InstanceSeed, 'id' | 'autoScalingGroup'>): Instance {
    const { ids, timings } = this.#home.surroundings;
    const seed = { ...launch, id: ids.instance(), autoScalingGroup: this.#group.name };
    const instance = new Instance(seed, timings);
    this.#home.launched(instance);
    return instance;
  }

  #launchedWith(tags: Tags): Tags {
    return { ...tags, 'aws:autoscaling:groupName': this.#group.name };
  }
}

/** How many of the members are in a zone. */
export function crowd(members: readonly GroupMember[], zone: string): number {
  return members.filter(({ instance }) => instance.zone === zone).length;
}
