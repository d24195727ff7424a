import * as z from 'zod';
import { AccountId, Region } from './aws-names.ts';
import type { Config } from './config.ts';
import type { FaultRegistry } from './fault.ts';
import { faultChoice } from './fault-choice.ts';
import { parse } from './parse.ts';

/** A slot as it is asked for: a moment with its offset, in whole seconds, in UTC once parsed. */
const SlotTime = z
  .string('expected a moment such as "2026-11-23T09:00:00Z"')
  .pipe(z.iso.datetime({ offset: true, error: 'expected a moment such as "2026-11-23T09:00:00Z"' }))
  .transform((text) => `${new Date(text).toISOString().slice(0, 19)}Z`);

const shape = (config: Config, faults: FaultRegistry) => {
  const accounts = new Set(config.accounts.map(({ id }) => id));
  const regions = new Set(config.accounts.flatMap((account) => account.regions));
  const enabled = new Set(config.faults.map(({ name }) => name));
  return z.strictObject({
    /** True unless said otherwise. False is honoured only where the configuration is not leashed. */
    dryRun: z.boolean('expected true or false').default(true),
    /** Only these of the configured accounts. */
    accounts: z
      .array(
        AccountId.refine((id) => accounts.has(id), 'expected an account of the configuration'),
        'expected a list of account ids',
      )
      .min(1, 'expected at least one account')
      .optional(),
    /** Only these of the configured regions. */
    regions: z
      .array(
        Region.refine((region) => regions.has(region), 'expected a region of the configuration'),
        'expected a list of regions',
      )
      .min(1, 'expected at least one region')
      .optional(),
    /** Only these groups: a name, or a whole key such as `111122223333/eu-west-1/asg/web`. */
    groups: z
      .array(
        z.string('expected the name or the key of a group').min(1, 'expected the name or the key of a group'),
        'expected a list of groups',
      )
      .min(1, 'expected at least one group')
      .max(100, 'expected at most 100 groups')
      .optional(),
    /** Strike with this fault, whatever the groups' tags say. It must be enabled in the configuration. */
    fault: faultChoice(faults, config.faults)
      .refine(
        ({ name }) => enabled.has(name),
        `expected a fault that the configuration enables: ${[...enabled].join(', ')}`,
      )
      .optional(),
    /** Skip the draw; never the guards. */
    force: z.boolean('expected true or false').default(false),
    /** The scheduled moment this run belongs to. Left out: a run of its own, outside the schedule. */
    slot: SlotTime.optional(),
  });
};

export type RunRequestInput = z.input<ReturnType<typeof shape>>;
export type RunRequest = z.output<ReturnType<typeof shape>>;

/** Throws `InvalidInput`, naming each mistake by its path. */
export function parseRequest(input: unknown, config: Config, faults: FaultRegistry): RunRequest {
  return parse(shape(config, faults), input, 'run request');
}
