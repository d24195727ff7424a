import type { Tags } from '#core/model/group.ts';
import { Instance, type InstanceSeed } from '../ec2/instance.ts';
import type { SandboxContext } from '../state/sandbox-context.ts';
import type { Activity } from './activities.ts';
import type { MemberSeed } from './group-seed.ts';

/** Where groups launch their instances: one for all groups of an account and region. */
export interface Placement {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly zones: readonly string[];
  readonly context: SandboxContext;
  /** Is called with every instance that a group launches. */
  readonly onLaunch: (instance: Instance) => void;
}

interface LaunchingGroup {
  readonly name: string;
  readonly zones: readonly string[];
  readonly isManaged?: boolean;
}

export interface GroupMember {
  readonly instance: Instance;
  readonly lifecycle: string | undefined;
  protectedFromScaleIn: boolean;
  health: 'Healthy' | 'Unhealthy';
  /** Epoch ms from which on the group replaces it, once it has been marked as unhealthy. */
  replaceFrom?: number;
  /** Since when the group has been terminating this instance, and whether another will replace it. */
  leaving?: { readonly since: number; readonly replace: boolean; readonly activity: Activity };
}

/** Launches a group's members. */
export class InstanceLauncher {
  readonly #group: LaunchingGroup;
  readonly #placement: Placement;
  /** Shared by all instances, as most never get tags of their own. */
  #tags: Tags;

  constructor(group: LaunchingGroup, tags: Tags, placement: Placement) {
    this.#group = group;
    this.#placement = placement;
    this.#tags = this.#withGroupName(tags);
  }

  /** Of instances launched from now on. */
  setTags(tags: Tags): void {
    this.#tags = this.#withGroupName(tags);
  }

  /** A member that exists from the start. */
  launchSeed(seed: MemberSeed, index: number, launchedAt: number): GroupMember {
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
      since: this.#placement.context.clock.now(),
      state,
      traits,
    });
    return { instance, protectedFromScaleIn, lifecycle, health };
  }

  /** In the zone that has the fewest members, as Auto Scaling balances them. */
  launch(members: readonly GroupMember[], launchedAt: number): GroupMember {
    const [zone = ''] = this.#group.zones.toSorted(
      (a, b) => countInZone(members, a) - countInZone(members, b),
    );
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
    const { ids, timings } = this.#placement.context;
    const { name, isManaged } = this.#group;
    const seed = { ...launch, id: ids.instance(), autoScalingGroup: name, isManaged };
    const instance = new Instance(seed, timings);
    this.#placement.onLaunch(instance);
    return instance;
  }

  #withGroupName(tags: Tags): Tags {
    return { ...tags, 'aws:autoscaling:groupName': this.#group.name };
  }
}

export function countInZone(members: readonly GroupMember[], zone: string): number {
  return members.filter(({ instance }) => instance.zone === zone).length;
}
