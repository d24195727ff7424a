import * as z from 'zod';
import {
  AccountId,
  ExternalId,
  OrganizationId,
  ParameterName,
  partitionOf,
  Region,
  RoleName,
  TagKey,
  TagValue,
} from './aws-names.ts';
import type { FaultRegistry } from './fault.ts';
import { faultChoice } from './fault-choice.ts';
import { parse } from './parse.ts';
import { Schedule } from './schedule.ts';

const Probability = z
  .number('expected a number from 0 to 1')
  .min(0, 'expected a number from 0 to 1')
  .max(1, 'expected a number from 0 to 1');

const Regions = z
  .array(Region, 'expected a list of regions')
  .min(1, 'expected at least one region')
  .refine((regions) => new Set(regions).size === regions.length, 'expected each region once');

/** A target account; what is left out is taken from the top level. */
const AccountEntry = z.union(
  [
    AccountId,
    z.strictObject({
      id: AccountId,
      regions: Regions.optional(),
      roleName: RoleName.optional(),
      externalId: ExternalId.optional(),
    }),
  ],
  'expected a 12-digit account id in quotes, or { id: ... }',
);

const TagKeys = z
  .strictObject({
    /** The tag that opts a group, and each of its instances, in. */
    optIn: z.strictObject({ key: TagKey, value: TagValue }).default({ key: 'chaos:opt-in', value: 'true' }),
    /** On a group: its probability, in place of the default. */
    probability: TagKey.default('chaos:probability'),
    /** On a group: the names of the faults it may be struck with. */
    faults: TagKey.default('chaos:faults'),
    /** On standalone instances: those that share its value are a group. */
    group: TagKey.default('chaos:group'),
  })
  .refine(
    (tags) => new Set([tags.optIn.key, tags.probability, tags.faults, tags.group]).size === 4,
    'expected four different tag keys',
  );
export type TagKeys = z.infer<typeof TagKeys>;

const Webhook = z.strictObject({
  /** The SSM SecureString parameter, in the master account and region, that holds the webhook's URL. */
  parameter: ParameterName,
});

const Notifications = z.strictObject({
  emails: z.array(z.email('expected an e-mail address')).default([]),
  slack: Webhook.optional(),
  teams: Webhook.optional(),
  /** Also announce runs in which nothing was struck and nothing failed. */
  quietRuns: z.boolean('expected true or false').default(false),
});

const shape = (faults: FaultRegistry) =>
  z
    .strictObject({
      /** Where the monkey itself is deployed. */
      master: z.strictObject({ account: AccountId, region: Region }),
      /** If given, only this organisation's roles can be assumed, and target roles trust only this organisation. */
      organization: OrganizationId.optional(),
      accounts: z.array(AccountEntry, 'expected a list of accounts').min(1, 'expected at least one account'),
      /** Swept in every account that does not name its own. */
      regions: Regions,
      /** The role in each target account. */
      roleName: RoleName.default('chaos-monkey-target'),
      /** Agreed between the master and its targets, so that no third party can make the master assume a role for it. */
      externalId: ExternalId,
      tags: TagKeys.prefault({}),
      schedule: Schedule.prefault({}),
      /** Chance that a group is struck in a slot. Robo-Chaos and BBC's chaos-lambda have the same default. */
      probability: Probability.default(1 / 6),
      /** While true, every run only decides and reports, whatever it was asked. */
      leashed: z.boolean('expected true or false').default(true),
      /** What may be done; a group is struck with the first, unless a tag or the request says otherwise. */
      faults: z
        .array(faultChoice(faults), 'expected a list of faults')
        .min(1, 'expected at least one fault')
        .refine(
          (chosen) => new Set(chosen.map(({ name }) => name)).size === chosen.length,
          'expected each fault once',
        )
        .default(() => [faultChoice(faults).parse('ec2-terminate')]),
      notifications: Notifications.prefault({}),
    })
    .transform((config) => ({
      ...config,
      accounts: config.accounts.map((entry) => {
        const account = typeof entry === 'string' ? { id: entry } : entry;
        return {
          id: account.id,
          regions: account.regions ?? config.regions,
          roleName: account.roleName ?? config.roleName,
          externalId: account.externalId ?? config.externalId,
        };
      }),
    }))
    .refine((config) => new Set(config.accounts.map(({ id }) => id)).size === config.accounts.length, {
      path: ['accounts'],
      error: 'expected each account once',
    })
    .refine(
      ({ master, accounts }) =>
        accounts
          .flatMap(({ regions }) => regions)
          .every((region) => partitionOf(region) === partitionOf(master.region)),
      {
        path: ['regions'],
        error: "expected regions of the master's partition: roles cannot be assumed across partitions",
      },
    );

/** What a user writes in chaos.config.ts. */
export type ConfigInput = z.input<ReturnType<typeof shape>>;
/** The same, parsed: every default in place and every account whole. */
export type Config = z.output<ReturnType<typeof shape>>;
export type TargetAccount = Config['accounts'][number];

/** Types the configuration while it is written. It is checked when it is read: at synth, and by the CLI. */
export function defineConfig(config: ConfigInput): ConfigInput {
  return config;
}

/** Throws `InvalidInput`, naming each mistake by its path. `what` says where the input came from. */
export function parseConfig(input: unknown, faults: FaultRegistry, what = 'chaos.config.ts'): Config {
  return parse(shape(faults), input, what);
}
