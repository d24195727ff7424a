import * as z from 'zod';
import { firstDay, isInReach, lastDay } from '../calendar/days-in-reach.ts';
import { AccountId, Region } from '../model/aws-names.ts';
import type { FaultRegistry } from '../model/fault.ts';
import { slotId } from '../model/slot.ts';
import { atMost } from '../util/at-most.ts';
import { orNearest } from '../util/nearest.ts';
import { parse } from '../util/parse.ts';
import { chosenFaultSchema } from './chosen-fault-schema.ts';
import type { Config, TargetAccount } from './config.ts';

const aGroup = 'expected the name or the key of a group';

/** A requested slot: a moment with its offset, in whole seconds; in UTC once parsed. */
export const SlotTime = z
  .string('expected a moment such as "2026-11-23T09:00:00Z"')
  .pipe(z.iso.datetime({ offset: true, error: 'expected a moment such as "2026-11-23T09:00:00Z"' }))
  .transform((text) => slotId(Date.parse(text)))
  .refine(isInReach, `expected a moment from ${firstDay} to ${lastDay}`);

const shape = (config: Config, faults: FaultRegistry) => {
  const accounts = new Set(config.accounts.map(({ id }) => id));
  const regions = new Set(config.accounts.flatMap((account) => account.regions));
  const request = z.strictObject({
    /** True by default. False is honored only if the configuration is not leashed. */
    dryRun: z.boolean('expected true or false').default(true),
    /** Only these of the configured accounts. */
    accounts: atMost(
      accounts.size,
      'accounts: the configuration has no more',
      z
        .array(
          AccountId.refine((id) => accounts.has(id), {
            error: ({ input }) =>
              `expected an account of the configuration${orNearest(`${input}`, accounts)}`,
          }),
          'expected a list of account ids',
        )
        .min(1, 'expected at least one account'),
    ).optional(),
    /** Only these of the configured regions. */
    regions: atMost(
      regions.size,
      'regions: the configuration has no more',
      z
        .array(
          Region.refine((region) => regions.has(region), {
            error: ({ input }) => `expected a region of the configuration${orNearest(`${input}`, regions)}`,
          }),
          'expected a list of regions',
        )
        .min(1, 'expected at least one region'),
    ).optional(),
    /** Only these groups: a name, or a whole key such as `111122223333/eu-west-1/asg/web`. */
    groups: atMost(
      100,
      'groups',
      z
        .array(
          // Allows for the longest key: names of Auto Scaling groups have up to 255 characters, tag values 256.
          z.string(aGroup).min(1, aGroup).max(300, aGroup),
          'expected a list of groups',
        )
        .min(1, 'expected at least one group'),
    ).optional(),
    /** Strike with this fault, unless the group's tag names others. It must be enabled in the configuration. */
    fault: chosenFaultSchema(faults, config.maxFaultMinutes, config.faults).optional(),
    /** Skip the draw; never the guards. */
    force: z.boolean('expected true or false').default(false),
    /** The scheduled moment that this run belongs to. Default: none, a run outside the schedule. */
    slot: SlotTime.optional(),
  });
  return request.refine(
    (asked) => config.accounts.some((account) => selectRegions(account, asked).length > 0),
    {
      path: ['regions'],
      error: 'expected a region that the configuration has for these accounts',
      // A mistake in the accounts or regions themselves has already been reported.
      when: ({ issues }) => issues.length === 0,
    },
  );
};

/** The accounts and regions that a request names. Default: all configured ones. */
export interface PlacesAsked {
  readonly accounts?: readonly string[] | undefined;
  readonly regions?: readonly string[] | undefined;
}

/** The regions of a configured account that are within a request's scope. */
export function selectRegions(account: TargetAccount, asked: PlacesAsked): readonly string[] {
  if (asked.accounts !== undefined && !asked.accounts.includes(account.id)) return [];
  return account.regions.filter((region) => asked.regions === undefined || asked.regions.includes(region));
}

export type RunRequestInput = z.input<ReturnType<typeof shape>>;
export type RunRequest = z.output<ReturnType<typeof shape>>;

/** Throws `InvalidInput`, which names each mistake by its path. */
export function parseRequest(input: unknown, config: Config, faults: FaultRegistry): RunRequest {
  return parse(shape(config, faults), input, 'run request');
}
