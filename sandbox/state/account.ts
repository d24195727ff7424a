import { Attachments, type ManagedPolicy } from '../iam/attachments.ts';
import type { Role, RoleSeed } from '../sts/role.ts';
import { Region } from './region.ts';
import type { SandboxContext } from './sandbox-context.ts';

export class Account {
  readonly id: string;
  /** By ARN, as are the policies. */
  readonly roles = new Map<string, Role>();
  readonly managedPolicies = new Map<string, ManagedPolicy>();
  readonly #regions = new Map<string, Region>();
  readonly #context: SandboxContext;

  constructor(id: string, context: SandboxContext) {
    this.id = id;
    this.#context = context;
  }

  /** What the account has in a region; empty at first. */
  region(name: string): Region {
    const known = this.#regions.get(name);
    if (known !== undefined) return known;
    const region = new Region(this.id, name, this.#context);
    this.#regions.set(name, region);
    return region;
  }

  role(seed: RoleSeed): Role {
    const { name, trust, policy, path = '/', tags = {}, attached = [] } = seed;
    const { clock, timings } = this.#context;
    const role: Role = {
      name,
      arn: `arn:aws:iam::${this.id}:role${path}${name}`,
      account: this.id,
      path,
      trust,
      policy,
      attachments: new Attachments(attached, timings),
      createdAt: clock.now(),
      lastUsedAt: 'lastUsedAt' in seed ? seed.lastUsedAt : clock.now(),
      tags,
    };
    this.roles.set(role.arn, role);
    return role;
  }

  managedPolicy({ name, document }: Pick<ManagedPolicy, 'name' | 'document'>): ManagedPolicy {
    const policy: ManagedPolicy = { name, arn: `arn:aws:iam::${this.id}:policy/${name}`, document };
    this.managedPolicies.set(policy.arn, policy);
    return policy;
  }

  /** The documents of the managed policies by which a role's requests are authorized. */
  policiesInEffect(role: Role, now: number): readonly object[] {
    return role.attachments.inEffectAt(now).flatMap((arn) => this.managedPolicies.get(arn)?.document ?? []);
  }
}
