import * as z from 'zod';
import { CalendarExceptions } from '../calendar/calendar-config.ts';
import { Schedule } from '../calendar/schedule.ts';
import {
  AccountId,
  CalendarName,
  ExternalId,
  OptInTag,
  OrganizationId,
  ParameterName,
  partitionOf,
  Region,
  RoleName,
  TagKey,
} from '../model/aws-names.ts';
import { Capacity } from '../model/capacity.ts';
import type { FaultRegistry } from '../model/fault.ts';
import { atMost } from '../util/at-most.ts';
import { eachOnce } from '../util/each-once.ts';
import { parse } from '../util/parse.ts';
import { faultChoice } from './fault-choice.ts';
import { realRegions } from './real-regions.ts';

const Probability = z
  .number('expected a number from 0 to 1')
  .min(0, 'expected a number from 0 to 1')
  .max(1, 'expected a number from 0 to 1');

const MinDays = z
  .int('expected a whole number of work days, at least 1')
  .min(1, 'expected a whole number of work days, at least 1');

/** How often a group is struck. */
const Rate = z.union(
  [
    z.strictObject({
      /** Chance that a group is struck in a slot. */
      probability: Probability,
    }),
    z
      .strictObject({
        /** Work days between two strikes of a group, on average. */
        meanDays: z
          .number('expected a number of work days, at least 1')
          .min(1, 'expected a number of work days, at least 1'),
        /** Work days from one strike of a group to the next, at least: 1 allows every day, 2 every other. */
        minDays: MinDays.default(1),
      })
      .refine(({ meanDays, minDays }) => meanDays >= minDays, {
        path: ['meanDays'],
        error: 'expected at least minDays: no mean is below the shortest gap',
        // A mistake in either has been named already.
        when: ({ issues }) => issues.length === 0,
      }),
  ],
  'expected { probability } or { meanDays, minDays }',
);

const Regions = atMost(
  100,
  'regions',
  z
    .array(Region, 'expected a list of regions')
    .min(1, 'expected at least one region')
    .superRefine(eachOnce('region')),
);

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
    optIn: OptInTag.default({ key: 'chaos:opt-in', value: 'true' }),
    /** On a group: its probability, in place of the default. */
    probability: TagKey.default('chaos:probability'),
    /** On a group: the names of the faults it may be struck with. */
    faults: TagKey.default('chaos:faults'),
    /** On standalone instances: those that share its value are a group. */
    group: TagKey.default('chaos:group'),
    /** On a group: its mean gap in work days, in place of the default rate. */
    meanDays: TagKey.default('chaos:mean-days'),
    /** On a group, beside `meanDays`: its shortest gap in work days. */
    minDays: TagKey.default('chaos:min-days'),
    /** On a group: how many instances, or what share of the desired, must be left healthy by a strike. */
    minHealthy: TagKey.default('chaos:min-healthy'),
    /** On a group: the application it is a part of, for budgets and for one strike at a time. */
    app: TagKey.default('chaos:app'),
    /** On a group: a CloudWatch alarm of its account and region, which spares it unless it is OK. */
    alarm: TagKey.default('chaos:alarm'),
  })
  .refine((tags) => new Set(tagNames(tags)).size === tagNames(tags).length, 'expected different tag keys');
export type TagKeys = z.infer<typeof TagKeys>;

/** All keys that decisions are made from. */
export function tagNames(tags: { readonly optIn: { readonly key: string } }): readonly string[] {
  return Object.values(tags).map((key: string | { readonly key: string }) =>
    typeof key === 'string' ? key : key.key,
  );
}

const Minutes = z
  .number('expected a number of minutes, 0 or more')
  .min(0, 'expected a number of minutes, 0 or more');

const Guards = z.strictObject({
  /** What a strike must leave healthy: a number of instances, or a share such as "50%" of the desired capacity. */
  minHealthy: Capacity.default(1),
  /** A younger instance is not struck. */
  minInstanceAgeMinutes: Minutes.default(15),
  /** A younger Auto Scaling group is not struck. */
  minGroupAgeMinutes: Minutes.default(60),
  /** How long a group is left alone after a strike, whatever its rate. */
  cooldownMinutes: Minutes.default(0),
  /** Whether an instance that is protected from scale-in is spared all the same. */
  scaleInProtected: z.enum(['spare', 'strike'], 'expected "spare" or "strike"').default('spare'),
  /** Whether the only healthy instance of its group in a zone is spared. "strike" suits groups of one instance a zone. */
  soleInZone: z.enum(['spare', 'strike'], 'expected "spare" or "strike"').default('spare'),
});

const Limit = z.int('expected a whole number, 0 or more').min(0, 'expected a whole number, 0 or more');
const Limits = {
  /** In all accounts together. */
  organization: Limit.optional(),
  /** In each account. */
  account: Limit.optional(),
  /** In each region, all accounts together. */
  region: Limit.optional(),
  /** Of each value of the app tag, all accounts together. */
  app: Limit.optional(),
  /** Of each group. */
  group: Limit.optional(),
};
/** How many strikes there may be. Left out: any number. */
const Budgets = z.strictObject({
  /** In one day of the schedule's zone. */
  perDay: z.strictObject(Limits).prefault({}),
  /** At the same time, from the claim until the group is seen to have recovered. */
  unverified: z.strictObject({ ...Limits, app: Limit.default(1), group: Limit.default(1) }).prefault({}),
});

const AlarmName = z.string('expected the name of an alarm').min(1, 'expected the name of an alarm').max(255);
/** Signals from outside that hold the monkey unless they are good. */
const Gates = z.strictObject({
  alarms: z
    .strictObject({
      /** CloudWatch alarms of the master's account and region: no live run unless all are OK. */
      organization: atMost(100, 'alarms', z.array(AlarmName, 'expected a list of alarms')).default([]),
      /** CloudWatch alarms by name, in each target account and region: no strike there unless all are OK. */
      account: atMost(50, 'alarms', z.array(AlarmName, 'expected a list of alarms')).default([]),
    })
    .prefault({}),
  /** SSM Change Calendars, by name or ARN: no live run unless all are open. */
  changeCalendars: atMost(10, 'calendars', z.array(CalendarName, 'expected a list of calendars')).default([]),
  /** Whether an engaged AWS FIS safety lever of a target account and region holds strikes there. */
  fisSafetyLever: z.boolean('expected true or false').default(false),
});

const Recovery = z.strictObject({
  /** A group that is not back at its desired healthy capacity by then is leashed by itself. */
  withinMinutes: z
    .number('expected a number of minutes, 2 or more')
    .min(2, 'expected a number of minutes, 2 or more')
    .default(30),
});

const Webhook = z.strictObject({
  /** The SSM SecureString parameter, in the master account and region, that holds the webhook's URL. */
  parameter: ParameterName,
});

const Notifications = z.strictObject({
  emails: atMost(
    100,
    'addresses',
    z
      .array(z.email('expected an e-mail address'), 'expected a list of e-mail addresses')
      // Mail servers hardly tell case apart, and whoever is subscribed twice gets everything twice.
      .superRefine(eachOnce('address', (email) => email.toLowerCase())),
  ).default([]),
  slack: Webhook.optional(),
  teams: Webhook.optional(),
  /** Also announce runs in which nothing was struck and nothing failed. */
  quietRuns: z.boolean('expected true or false').default(false),
  /** Announce the day's plan in the day's first slot. */
  dailyPlan: z.boolean('expected true or false').default(false),
});

/** What one run can sweep. */
const maxAccounts = 1_000;

const shape = (faults: FaultRegistry) =>
  z
    .strictObject({
      /** Where the monkey itself is deployed. */
      master: z.strictObject({ account: AccountId, region: Region }),
      /** If given, only this organisation's roles can be assumed, and target roles trust only this organisation. */
      organization: OrganizationId.optional(),
      accounts: atMost(
        maxAccounts,
        'accounts',
        z.array(AccountEntry, 'expected a list of accounts').min(1, 'expected at least one account'),
      ),
      /** Swept in every account that does not name its own. */
      regions: Regions,
      /** Regions that AWS has opened since this version was made: without an entry here, one that is not known is a mistake. */
      newRegions: atMost(20, 'regions', z.array(Region, 'expected a list of regions')).default([]),
      /** The role in each target account. */
      roleName: RoleName.default('chaos-monkey-target'),
      /** Agreed between the master and its targets, so that no third party can make the master assume a role for it. */
      externalId: ExternalId,
      tags: TagKeys.prefault({}),
      schedule: Schedule.prefault({}),
      calendar: CalendarExceptions.prefault({}),
      /** Robo-Chaos and BBC's chaos-lambda have the same default. */
      rate: Rate.default({ probability: 1 / 6 }),
      guards: Guards.prefault({}),
      budgets: Budgets.prefault({}),
      gates: Gates.prefault({}),
      recovery: Recovery.prefault({}),
      /** While true, every run only decides and reports, whatever it was asked. */
      leashed: z.boolean('expected true or false').default(true),
      /** What may be done; a group is struck with the first, unless a tag or the request says otherwise. */
      faults: atMost(
        faults.size,
        'faults',
        z
          .array(faultChoice(faults), 'expected a list of faults')
          .min(1, 'expected at least one fault')
          .superRefine(eachOnce('fault', ({ name }) => name)),
      ).default(() => [faultChoice(faults).parse('ec2-terminate')]),
      notifications: Notifications.prefault({}),
      /** Send the numbers of each run to CloudWatch as custom metrics, which cost extra. No alarm of ours needs them. */
      metrics: z.boolean('expected true or false').default(false),
    })
    .superRefine(realRegions)
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
    .superRefine(({ accounts }, context) =>
      eachOnce('account', ({ id }: { readonly id: string }) => id, ['accounts'])(accounts, context),
    )
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

/** Throws `InvalidInput`, naming each mistake by its path. `what` says where the input came from. */
export function parseConfig(input: unknown, faults: FaultRegistry, what = 'chaos.config.ts'): Config {
  return parse(shape(faults), input, what);
}
