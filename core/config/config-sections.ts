import * as z from 'zod';
import { CalendarName, OptInTag, TagKey } from '../model/aws-names.ts';
import { atMost } from '../util/at-most.ts';
import { eachOnce } from '../util/each-once.ts';
import { Capacity } from './capacity.ts';

const Probability = z
  .number('expected a number from 0 to 1')
  .min(0, 'expected a number from 0 to 1')
  .max(1, 'expected a number from 0 to 1');

const MinDays = z
  .int('expected a whole number of work days, at least 1')
  .min(1, 'expected a whole number of work days, at least 1');

export const Rate = z.union(
  [
    z.strictObject({ probability: Probability.describe('The chance that a group is struck in a slot.') }),
    z
      .strictObject({
        meanDays: z
          .number('expected a number of work days, at least 1')
          .min(1, 'expected a number of work days, at least 1')
          .describe('Average work days between two strikes of a group.'),
        minDays: MinDays.default(1).describe(
          'Minimum work days from one strike of a group to the next: 1 allows every day, 2 every other day. At most `meanDays`.',
        ),
      })
      .refine(({ meanDays, minDays }) => meanDays >= minDays, {
        path: ['meanDays'],
        error: 'expected at least minDays: no mean is below the shortest gap',
        // A mistake in either has already been reported.
        when: ({ issues }) => issues.length === 0,
      }),
  ],
  'expected { probability } or { meanDays, minDays }',
);

export const TagKeys = z
  .strictObject({
    optIn: OptInTag.default({ key: 'chaos:opt-in', value: 'true' }).describe(
      'Opts in, with exactly this value. An Auto Scaling group and each of its instances must have it, as must standalone instances.',
    ),
    probability: TagKey.default('chaos:probability').describe(
      'On the group: its chance in each slot, instead of the default rate: `0.25`, `1/6`; 0 is never.',
    ),
    faults: TagKey.default('chaos:faults').describe(
      'On the group: the enabled faults it may be struck with, separated by spaces or commas; one is drawn.',
    ),
    group: TagKey.default('chaos:group').describe(
      'On standalone instances: those with the same value form a group. Without it, an instance is in no group.',
    ),
    meanDays: TagKey.default('chaos:mean-days').describe(
      'On the group: its mean gap in work days, instead of the default rate: `5`, `7.5`.',
    ),
    minDays: TagKey.default('chaos:min-days').describe(
      'On the group: its minimum gap in work days: `2`. Requires a mean, by tag or by configuration.',
    ),
    minHealthy: TagKey.default('chaos:min-healthy').describe(
      'On the group: overrides `guards.minHealthy`: `2`, `50%`.',
    ),
    app: TagKey.default('chaos:app').describe(
      'On the group: the application that it belongs to, for budgets and for one strike at a time.',
    ),
    alarm: TagKey.default('chaos:alarm').describe(
      'On the group: the name of a CloudWatch alarm in its account and region; unless it is OK, the group is spared.',
    ),
  })
  .refine((tags) => new Set(tagNames(tags)).size === tagNames(tags).length, 'expected different tag keys');
export type TagKeys = z.infer<typeof TagKeys>;

/** All tag keys that affect decisions. */
export function tagNames(tags: { readonly optIn: { readonly key: string } }): readonly string[] {
  return Object.values(tags).map((key: string | { readonly key: string }) =>
    typeof key === 'string' ? key : key.key,
  );
}

const Minutes = z
  .number('expected a number of minutes, 0 or more')
  .min(0, 'expected a number of minutes, 0 or more');
const SpareOrStrike = z.enum(['spare', 'strike'], 'expected "spare" or "strike"');

export const Guards = z.strictObject({
  minHealthy: Capacity.default(1).describe(
    'What a strike must leave healthy: a number of instances, or a share of the desired capacity, rounded up.',
  ),
  minInstanceAgeMinutes: Minutes.default(15).describe(
    'An instance that was launched more recently is not struck.',
  ),
  minGroupAgeMinutes: Minutes.default(60).describe(
    'An Auto Scaling group that was created more recently is not struck.',
  ),
  cooldownMinutes: Minutes.default(0).describe(
    'How long a group is left alone after a strike, whatever its rate.',
  ),
  scaleInProtected: SpareOrStrike.default('spare').describe(
    'Whether an instance that is protected from scale-in is spared.',
  ),
  soleInZone: SpareOrStrike.default('spare').describe(
    'Whether the only healthy instance of its group in a zone is spared. A group with one instance in each zone is never ' +
      "struck without `'strike'`.",
  ),
});

const Limit = z
  .int('expected a whole number of strikes, 0 or more')
  .min(0, 'expected a whole number of strikes, 0 or more');
const ofOrganization = Limit.optional().describe('Across all accounts.');
const ofAccount = Limit.optional().describe('In each account.');
const ofRegion = Limit.optional().describe('In each region, across all accounts.');
const ofApp = 'For each value of the tag `chaos:app`, across all accounts and regions.';
const ofGroup = 'For each group.';

export const Budgets = z.strictObject({
  perDay: z
    .strictObject({
      organization: ofOrganization,
      account: ofAccount,
      region: ofRegion,
      app: Limit.optional().describe(ofApp),
      group: Limit.optional().describe(ofGroup),
    })
    .prefault({})
    .describe("Per day, in the schedule's zone."),
  unverified: z
    .strictObject({
      organization: ofOrganization,
      account: ofAccount,
      region: ofRegion,
      app: Limit.default(1).describe(ofApp),
      group: Limit.default(1).describe(ofGroup),
    })
    .prefault({})
    .describe(
      'At the same time: a strike counts from its claim until its group is found to have recovered. For an experiment itself, each group counts once, and only while a fault of it is in effect there.',
    ),
});

const AlarmName = z.string('expected the name of an alarm').min(1, 'expected the name of an alarm').max(255);

export const Gates = z.strictObject({
  alarms: z
    .strictObject({
      organization: atMost(100, 'alarms', z.array(AlarmName, 'expected a list of alarms'))
        .default([])
        .describe("In the master's account and region: no live run unless all are OK. At most 100."),
      account: atMost(50, 'alarms', z.array(AlarmName, 'expected a list of alarms'))
        .default([])
        .describe('In each target account and region: no strike there unless all are OK. At most 50.'),
    })
    .prefault({})
    .describe('Names of CloudWatch alarms, metric or composite.'),
  changeCalendars: atMost(10, 'calendars', z.array(CalendarName, 'expected a list of calendars'))
    .default([])
    .describe(
      "SSM Change Calendars, by name in the master's account and region or by the ARN of a shared one: no live run unless all " +
        'are open. At most 10.',
    ),
  fisSafetyLever: z
    .boolean('expected true or false')
    .default(false)
    .describe('Whether an engaged AWS FIS safety lever in a target account and region holds strikes there.'),
});

export const Recovery = z.strictObject({
  withinMinutes: z
    .number('expected a number of minutes, 2 or more')
    .min(2, 'expected a number of minutes, 2 or more')
    .default(30)
    .describe(
      'A group that is not back at its desired healthy capacity by then is leashed automatically, and an alarm fires.',
    ),
});

const aHost = 'expected a host such as "shop.example.com" or "*.example.com"';
const Host = z.string(aHost).regex(/^(\*\.)?[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*$/, aHost);

const aPath = 'expected the path of a file such as "experiments/latency.yaml"';

export const Experiments = z
  .strictObject({
    deploy: z
      .boolean('expected true or false')
      .default(false)
      .describe(
        'Whether experiments run in AWS, too: deploys the functions `chaos_experiment_control` and `chaos_experiment`, and a bucket for reports.',
      ),
    maxPercent: z
      .number('expected a number above 0, up to 100')
      .gt(0, 'expected a number above 0, up to 100')
      .max(100, 'expected a number above 0, up to 100')
      .default(50)
      .describe(
        'The blast radius: the largest share of what a target selects that an experiment may strike at the same time, in percent. One ' +
          'is always allowed.',
      ),
    hosts: atMost(100, 'hosts', z.array(Host, 'expected a list of hosts').superRefine(eachOnce('host')))
      .default([])
      .describe('The hosts that probes may send requests to. `*.` stands for any subdomain. At most 100.'),
    maxSamplesPerSecond: z
      .number('expected a number from 1 to 1000')
      .min(1, 'expected a number from 1 to 1000')
      .max(1_000, 'expected a number from 1 to 1000')
      .default(100)
      .describe('The largest rate at which all probes of an experiment may measure, together.'),
    maxRunning: z
      .int('expected a whole number from 1 to 20')
      .min(1, 'expected a whole number from 1 to 20')
      .max(20, 'expected a whole number from 1 to 20')
      .default(1)
      .describe(
        'How many experiments may run in AWS at the same time, rehearsals and those that wait for their next stage included. With more ' +
          'than 1, what one breaks may make another deviate, and each has the rate of `maxSamplesPerSecond`.',
      ),
    scheduled: atMost(
      50,
      'files',
      z
        .array(z.string(aPath).min(1, aPath).max(500, aPath), 'expected a list of files')
        .superRefine(eachOnce('file')),
    )
      .default([])
      .describe(
        "The files of experiments that run by themselves, when their `schedule` says, from the configuration's folder on. At most 50, of " +
          'up to 100,000 characters each and 300,000 in all. Needs `deploy: true`.',
      ),
  })
  .refine(({ deploy, scheduled }) => deploy || scheduled.length === 0, {
    path: ['scheduled'],
    error: 'expected no files without deploy: true, as these experiments run in AWS',
  });

/** In addition, each channel has a key of its name. */
export const Notifications = z.object({
  emails: atMost(
    100,
    'addresses',
    z
      .array(z.email('expected an e-mail address'), 'expected a list of e-mail addresses')
      // Mail servers generally ignore case, and a duplicate subscription delivers everything twice.
      .superRefine(eachOnce('address', (email) => email.toLowerCase())),
  )
    .default([])
    .describe('Addresses that are notified by e-mail. Each has to confirm its subscription. At most 100.'),
  quietRuns: z
    .boolean('expected true or false')
    .default(false)
    .describe('Also announce runs in which nothing was struck and nothing failed.'),
  dailyPlan: z
    .boolean('expected true or false')
    .default(false)
    .describe(
      "Announce the day's plan in its first slot or, if that was lost or a gate was closed, a plan for the rest of the day in " +
        'the next one.',
    ),
});
