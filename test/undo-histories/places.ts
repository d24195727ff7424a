import { isDeepStrictEqual } from 'node:util';
import { controlPlaneTag } from '#core/model/control-plane.ts';
import type { LastingFault } from '#core/model/fault.ts';
import type { Tags } from '#core/model/group.ts';
import type { Target } from '#core/model/target.ts';
import type { Account } from '#sandbox/state/account.ts';
import type { Region } from '#sandbox/state/region.ts';
import { optIn, regionName, type StrikeWorld } from '../faults/lasting/a-strike-world.ts';
import type { StruckResource } from '../faults/lasting/fault-case.ts';
import { faultCases } from '../faults/lasting/fault-cases.ts';
import type { SeededRandom } from '../histories/seeded-random.ts';
import type { Turnstile } from './turnstile.ts';

/** A fault, and what it is done with. */
export interface Blow {
  readonly fault: LastingFault;
  readonly parameters: object;
}

/** What a seed decides about a target account: one resource, whose it is, and what can be done to it. */
export interface PlaceSeed {
  readonly account: string;
  readonly title: string;
  /** `ours`: part of the control plane, in a stack that was opted in whole. `private`: it never opted in. */
  readonly owner: 'theirs' | 'ours' | 'private';
  readonly blows: readonly Blow[];
  create(world: StrikeWorld): StruckResource;
}

/** One resource in an account of its own. */
export interface Place extends Omit<PlaceSeed, 'create'> {
  readonly inAccount: Account;
  readonly region: Region;
  readonly resource: StruckResource;
  /** The same resource where nobody of ours has ever been, and its owners do the same. */
  readonly twin: StruckResource;
  target: Target | undefined;
  tags: Tags;
  isDeleted: boolean;
}

const families = [
  ['lambda-error', 'lambda-status', 'lambda-latency', 'lambda-timeout', 'lambda-disk', 'lambda-deny-hosts'],
  ['cpu-burn', 'disk-fill', 'memory-fill', 'process-kill'],
];
/** Faults that the same resource can suffer from. */
const familyOf = (name: string): readonly string[] =>
  families.find((names) => names.includes(name)) ?? [name];

/** The accounts of a history: some whose owners have opted in, one of ours, and one that never did. */
export function randomPlaces(random: SeededRandom): readonly PlaceSeed[] {
  const opened = random.int(1, 3);
  let left = faultCases;
  return Array.from({ length: opened + 2 }, (_, index): PlaceSeed => {
    // Its case names this account in a literal.
    const { name, faultCase } = random.pick(
      index === 0 ? left : left.filter((one) => one.name !== 'iam-deny'),
    );
    // All buckets have the same name, and S3 gives each only once.
    if (name.startsWith('s3-')) left = left.filter((one) => !one.name.startsWith('s3-'));
    const owner = index < opened ? 'theirs' : index === opened ? 'ours' : 'private';
    return seedPlace({ name, faultCase }, index, owner, random);
  });
}

/** A resource that a fault can be done to, and with it all faults of its family. `index`: of its account. */
export function seedPlace(
  { name, faultCase }: Pick<(typeof faultCases)[number], 'name' | 'faultCase'>,
  index: number,
  owner: PlaceSeed['owner'],
  random: SeededRandom,
): PlaceSeed {
  const variant = random.pick(faultCase.variants);
  const alike = faultCases.filter((one) => familyOf(name).includes(one.name));
  const blows = alike.map((one) => ({
    fault: one.fault,
    parameters: (one.name === name ? variant : one.faultCase.variants[0])?.parameters as object,
  }));
  const account = String(222222222222 + index * 1_000_000_001);
  return { account, title: `${name}, ${variant.title}`, owner, blows, create: variant.create };
}

const stackWide: Tags = { ...optIn, [controlPlaneTag.key]: controlPlaneTag.value };
export const tagsOf: Readonly<Record<PlaceSeed['owner'], Tags>> = {
  theirs: optIn,
  ours: stackWide,
  private: {},
};

/** Makes the resource, and its twin. `find`: by name, as a run finds it. */
export function makePlace(
  { create, ...seed }: PlaceSeed,
  [inAccount, twinAccount]: readonly [Account, Account],
  clock: Turnstile,
): Place & { find(by: (name: string) => Promise<Target>): Promise<void> } {
  let look: StrikeWorld['find'] = () => Promise.reject(new Error('nobody looks yet'));
  const view = (account: Account): StrikeWorld => ({
    ...{ clock, inAccount: account, region: account.region(regionName) },
    find: (name) => look(name),
  });
  const resource = create(view(inAccount));
  const place = {
    ...seed,
    ...{ inAccount, region: inAccount.region(regionName), resource, twin: create(view(twinAccount)) },
    target: undefined as Target | undefined,
    tags: optIn as Tags,
    isDeleted: false,
    find: async (by: (name: string) => Promise<Target>) => {
      look = by;
      place.target = await resource.find();
    },
  };
  return place;
}

export function setTags(place: Place, tags: Tags): void {
  // A case may make anew what it tags.
  if (place.isDeleted) return;
  place.tags = tags;
  place.resource.setTags(tags);
  place.twin.setTags(tags);
}

/** Whether anything there is not as its owners left it. */
export function hasResidue({ resource, twin }: Place): boolean {
  return !isDeepStrictEqual(resource.describe(), twin.describe());
}
