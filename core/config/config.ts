import * as z from 'zod';
import { CalendarExceptions } from '../calendar/calendar-config.ts';
import { Schedule } from '../calendar/schedule.ts';
import { AccountId, ExternalId, OrganizationId, partitionOf, Region, RoleName } from '../model/aws-names.ts';
import type { FaultRegistry } from '../model/fault.ts';
import { longestMinutes } from '../model/lasting.ts';
import { atMost } from '../util/at-most.ts';
import { eachOnce } from '../util/each-once.ts';
import { parse, parsedIf } from '../util/parse.ts';
import { checkRegions } from './check-regions.ts';
import { chosenFaultSchema } from './chosen-fault-schema.ts';
import {
  Budgets,
  Experiments,
  Gates,
  Guards,
  Notifications,
  Rate,
  Recovery,
  TagKeys,
} from './config-sections.ts';

const Regions = atMost(
  100,
  'regions',
  z
    .array(Region, 'expected a list of regions')
    .min(1, 'expected at least one region')
    .superRefine(eachOnce('region')),
);

const IamRoles = atMost(
  100,
  'roles',
  z.array(RoleName, 'expected a list of IAM role names').superRefine(eachOnce('role')),
);

const AccountEntry = z.union(
  [
    AccountId,
    z.strictObject({
      id: AccountId.describe('The account.'),
      regions: Regions.optional().describe('Overrides the common `regions`.'),
      roleName: RoleName.optional().describe('Overrides the common `roleName`.'),
      externalId: ExternalId.optional().describe('Overrides the common `externalId`.'),
      iamRoles: IamRoles.optional().describe('Overrides the common `iamRoles`.'),
    }),
  ],
  'expected a 12-digit account id in quotes, or { id: ... }',
);

/** The most that one run can sweep. */
const maxAccounts = 1_000;

/** A configuration that was checked before is read without channels: their keys are ignored. */
function notifications(
  channels: z.ZodObject | undefined,
): z.ZodType<z.output<typeof Notifications>, z.input<typeof Notifications>> {
  return channels === undefined
    ? Notifications
    : z.strictObject({ ...Notifications.shape, ...channels.shape });
}

const minutesText = `expected a number of minutes from 1 to ${longestMinutes}`;
const MaxFaultMinutes = z
  .number(minutesText)
  .min(1, minutesText)
  .max(longestMinutes, minutesText)
  .default(15);

/** Every key has a description, for docs/configuration.md. `maxFaultMinutes`: of the same configuration. */
export const configSchema = (
  faults: FaultRegistry,
  channels?: z.ZodObject,
  maxFaultMinutes = longestMinutes,
) =>
  z
    .strictObject({
      master: z
        .strictObject({
          account: AccountId.describe('The master account, which may also be a target.'),
          region: Region.describe('The region of the function, its ledger and its topic.'),
        })
        .describe('Where the monkey itself is deployed.'),
      organization: OrganizationId.optional().describe(
        'If given, only roles of this organization can be assumed, and target roles trust only this organization.',
      ),
      accounts: atMost(
        maxAccounts,
        'accounts',
        z.array(AccountEntry, 'expected a list of accounts').min(1, 'expected at least one account'),
      ).describe('The target accounts: ids, or entries with these keys if an account differs.'),
      regions: Regions.describe(
        "The regions of every account that does not list its own. All must exist, and be in the master's partition.",
      ),
      newRegions: atMost(20, 'regions', z.array(Region, 'expected a list of regions'))
        .default([])
        .describe(
          'Regions that AWS has opened since this version was released, and that it would otherwise reject.',
        ),
      roleName: RoleName.default('chaos-monkey-target').describe('The role in each target account.'),
      undoRoleName: RoleName.default('chaos-monkey-undo').describe(
        'The role in each target account that ends faults. It outlives the other stack, so that faults can still be ended.',
      ),
      externalId: ExternalId.describe(
        'A value that the master and its targets agree on. AssumeRole without it is denied: no third party can make the master ' +
          'assume a role on its behalf.',
      ),
      iamRoles: IamRoles.default([]).describe(
        'IAM roles that `iam-deny` may strike, by name without their path, in every account that does not list its own. They need the ' +
          'opt-in tag as well, but AWS does not list roles by their tags. Each is a group of its own, in the first of its ' +
          "account's regions, as `111122223333/eu-west-1/role/checkout`. At most 100.",
      ),
      tags: TagKeys.prefault({}).describe(
        'The keys of the tags that are read. Change them to keep the tags of an earlier tool. All must be different.',
      ),
      schedule: Schedule.prefault({}).describe('The hours in which strikes may happen.'),
      calendar: CalendarExceptions.prefault({}).describe(
        'Exceptions to the schedule: times when nothing is struck.',
      ),
      // Robo-Chaos and BBC's chaos-lambda have the same default.
      rate: Rate.default({ probability: 1 / 6 }).describe(
        'How often a group is struck, unless its tags say otherwise.',
      ),
      guards: Guards.prefault({}).describe('What spares a group or a target that was drawn.'),
      budgets: Budgets.prefault({}).describe(
        'The maximum number of strikes. Unlimited if omitted and without a default; 0 allows none. A fault that hits other groups as ' +
          'well counts once for each.',
      ),
      gates: Gates.prefault({}).describe('External signals that hold strikes unless they are OK.'),
      recovery: Recovery.prefault({}).describe('When a group should have recovered from a strike.'),
      leashed: z
        .boolean('expected true or false')
        .default(true)
        .describe('While true, every run only decides and reports, whatever the request says.'),
      faults: atMost(
        faults.size,
        'faults',
        z
          .array(chosenFaultSchema(faults, maxFaultMinutes), 'expected a list of faults')
          .min(1, 'expected at least one fault')
          .superRefine(eachOnce('fault', ({ name }) => name)),
      )
        .prefault(['ec2-terminate'])
        .describe(
          'The enabled faults: names, or entries with these keys. A group is struck with the first, unless a tag or the request ' +
            'says otherwise.',
        ),
      maxFaultMinutes: MaxFaultMinutes.describe(
        `The longest time for which any fault may be chosen to last, here or in a request. At most ${longestMinutes}.`,
      ),
      experiments: Experiments.prefault({}).describe('What experiments may do at most.'),
      notifications: notifications(channels).prefault({}).describe('Who is notified, and about what.'),
      metrics: z
        .boolean('expected true or false')
        .default(false)
        .describe(
          "Send each run's counts to CloudWatch as custom metrics, which cost extra. The stack's alarms do not need them.",
        ),
    })
    .superRefine(checkRegions)
    .transform((config) => ({
      ...config,
      accounts: config.accounts.map((entry) => {
        const account = typeof entry === 'string' ? { id: entry } : entry;
        return {
          id: account.id,
          regions: account.regions ?? config.regions,
          roleName: account.roleName ?? config.roleName,
          externalId: account.externalId ?? config.externalId,
          iamRoles: account.iamRoles ?? config.iamRoles,
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
export type ConfigInput = z.input<ReturnType<typeof configSchema>>;
/** The parsed form: defaults and account settings are filled in. */
export type Config = z.output<ReturnType<typeof configSchema>>;
export type TargetAccount = Config['accounts'][number];

/**
 * Throws `InvalidInput`, which names each mistake by its path. `what` names the source. `channels` are given for a file written
 * by hand: without them, as for input that was checked before, the channels' keys are neither checked nor kept.
 */
export function parseConfig(
  input: unknown,
  faults: FaultRegistry,
  what = 'chaos.config.ts',
  channels?: z.ZodObject,
): Config {
  // A mistake in it is named once, as its own.
  const maxFaultMinutes = parsedIf(
    z.looseObject({ maxFaultMinutes: MaxFaultMinutes }),
    input,
  )?.maxFaultMinutes;
  return parse(configSchema(faults, channels, maxFaultMinutes), input, what);
}
