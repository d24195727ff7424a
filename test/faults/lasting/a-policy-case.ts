import type { PolicyHolder } from '#sandbox/policies/resource-policy.ts';
import { isDenied } from '../../support/what-is-denied.ts';
import { account, type StrikeWorld } from './a-strike-world.ts';
import type { FaultCase, StruckResource, UnfitVariant } from './fault-case.ts';
import { type MotoCase, motoCase } from './moto-case.ts';

/** A resource with a policy, on the sandbox. */
export interface PolicyResource extends Pick<StruckResource, 'delete' | 'setTags'> {
  readonly holder: PolicyHolder;
  /** As it was written last; undefined if there is none. */
  text(): string | undefined;
  set(text: string | undefined): void;
}

export interface PolicyCase {
  /** One of the actions that the fault denies, and another. */
  readonly action: string;
  readonly another: string;
  /** The ARN that is denied within the resource. Left out: the resource itself. */
  on?(arn: string): string;
  /** Named `orders`, and opted in. `policy`: left out, it has none, or that of a new one. */
  create(world: StrikeWorld, policy?: object): PolicyResource;
  arnOf(world: StrikeWorld): string;
  readonly maxBytes: number;
  readonly unfit?: readonly UnfitVariant[];
  readonly onMoto?: Omit<MotoCase, 'parameters'>;
}

const role = `arn:aws:iam::${account}:role/orders`;
const other = `arn:aws:iam::${account}:role/other`;

/** The case of a fault that denies by a resource's own policy. */
export function policyCase(of: PolicyCase): FaultCase {
  const { action, another, on = (arn) => arn } = of;
  /** A statement of somebody else, about the same. */
  const foreign = (world: StrikeWorld, Sid: string) => ({
    Sid,
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${account}:role/audit` },
    Action: action,
    Resource: on(of.arnOf(world)),
  });
  const policyOf = (Statement: object) => ({ Version: '2012-10-17', Id: 'theirs', Statement });

  const create =
    (policy?: (world: StrikeWorld) => object, spared?: string) =>
    (world: StrikeWorld): StruckResource => {
      const resource = of.create(world, policy?.(world));
      const denies = (principal: string, denied = action) => {
        const { holder } = resource;
        const at = world.clock.now();
        return isDenied(holder, { action: denied, principal, at, on: on(holder.arn) });
      };
      const document = () => {
        const text = resource.text();
        return text === undefined ? undefined : JSON.parse(text);
      };
      return {
        find: () => world.find('orders'),
        describe: document,
        isBroken: async () => {
          const services = await denies('events.amazonaws.com');
          const unnamed = spared === undefined ? false : await denies(spared);
          if (services || unnamed) throw new Error('it denies whom it was to spare');
          return denies(role);
        },
        change: () => {
          const before = document() ?? { Version: '2012-10-17', Statement: [] };
          const Statement = [before.Statement, foreign(world, 'Added')].flat();
          resource.set(JSON.stringify({ ...before, Statement }));
        },
        changeStandsBeside: true,
        delete: resource.delete,
        setTags: resource.setTags,
      };
    };
  const everybody = { actions: [action, another], minutes: 5 };
  const chaos = (world: StrikeWorld) => policyOf([foreign(world, 'Chaosfedcba9876543210')]);
  const long = (world: StrikeWorld) =>
    policyOf([{ ...foreign(world, 'Long'), Sid: 'S'.repeat(of.maxBytes - 400) }]);

  return {
    variants: [
      { title: 'as it is when new', parameters: everybody, create: create() },
      {
        title: 'with a policy',
        parameters: everybody,
        create: create((world) => policyOf([foreign(world, 'One'), foreign(world, 'Two')])),
      },
      {
        title: 'with a policy of one statement, for one role',
        parameters: { actions: [action], principal: role, minutes: 5 },
        create: create((world) => policyOf(foreign(world, 'One')), other),
      },
    ],
    unfit: [
      {
        title: 'that another strike has denied',
        parameters: everybody,
        reason: /Chaosfedcba9876543210 of a strike already/,
        create: create(chaos),
      },
      {
        title: 'whose policy has no room',
        parameters: everybody,
        reason: new RegExp(`bytes, and no more than ${of.maxBytes}`),
        create: create(long),
      },
      ...(of.unfit ?? []),
    ],
    ...(of.onMoto && {
      onMoto: motoCase({ ...of.onMoto, parameters: { actions: [action], principal: role, minutes: 5 } }),
    }),
  };
}
