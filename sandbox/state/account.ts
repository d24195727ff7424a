import type { Role, RoleSeed } from '../sts/role.ts';
import { Region } from './region.ts';
import type { Surroundings } from './surroundings.ts';

export class Account {
  readonly id: string;
  readonly roles = new Map<string, Role>();
  readonly #regions = new Map<string, Region>();
  readonly #surroundings: Surroundings;

  constructor(id: string, surroundings: Surroundings) {
    this.id = id;
    this.#surroundings = surroundings;
  }

  /** What the account has in a region; empty until something is put there. */
  region(name: string): Region {
    const known = this.#regions.get(name);
    if (known !== undefined) return known;
    const region = new Region(this.id, name, this.#surroundings);
    this.#regions.set(name, region);
    return region;
  }

  role({ name, trust, policy }: RoleSeed): Role {
    const role: Role = { name, arn: `arn:aws:iam::${this.id}:role/${name}`, account: this.id, trust, policy };
    this.roles.set(role.arn, role);
    return role;
  }
}
