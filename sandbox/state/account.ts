import type { Role, RoleSeed } from '../sts/role.ts';
import { Region } from './region.ts';
import type { SandboxContext } from './sandbox-context.ts';

export class Account {
  readonly id: string;
  readonly roles = new Map<string, Role>();
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

  role({ name, trust, policy }: RoleSeed): Role {
    const role: Role = { name, arn: `arn:aws:iam::${this.id}:role/${name}`, account: this.id, trust, policy };
    this.roles.set(role.arn, role);
    return role;
  }
}
