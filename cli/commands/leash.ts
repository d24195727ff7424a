import { Command, Option } from 'commander';
import * as z from 'zod';
import { unleashCommand } from '#core/guards/leashed-group.ts';
import { attributionText } from '#core/messages/attribution.ts';
import { awsErrorMessage } from '../context/aws-error-message.ts';
import type { CliContext } from '../context/cli-context.ts';
import { CliError, exitCodes } from '../context/cli-error.ts';
import { changeLedger } from '../deployed/change-ledger.ts';
import { requireConfigured, warnIfNeverSeen } from '../deployed/check-group.ts';
import { readGroupRecord } from '../deployed/read-group-record.ts';
import {
  DeploymentOptions,
  deploymentFlags,
  locateDeployment,
  withDeploymentOptions,
} from '../options/deployment-options.ts';
import { groupKeyArgument } from '../options/group-key.ts';
import { jsonOption } from '../options/options.ts';
import { keptReason, parseReason, reasonHelp } from '../options/reason-option.ts';
import { inFlightNotice } from '../render/notices.ts';

const LeashOptions = DeploymentOptions.extend({
  reason: z.string().optional(),
  off: z.boolean().default(false),
  json: z.boolean().default(false),
}).strict();
type LeashOptions = z.infer<typeof LeashOptions>;

const help = `
No run strikes the group, not even with --force, until the leash is lifted. The monkey automatically leashes groups that
do not recover from a strike: check that they are healthy, then lift the leash with --off.
`;

export function leashCommand(context: CliContext): Command {
  return withDeploymentOptions(new Command('leash'))
    .addArgument(groupKeyArgument())
    .option(
      '--reason <text>',
      `${reasonHelp('whoever finds the group leashed')}; required unless --off`,
      parseReason,
    )
    .addOption(new Option('--off', 'lift the leash').conflicts('reason'))
    .addOption(jsonOption('the leash'))
    .addHelpText('after', help)
    .action(async (group: string, given: unknown) => {
      const options = LeashOptions.parse(given);
      try {
        await (options.off ? lift(group, options, context) : leash(group, options, context));
      } catch (error) {
        throw awsErrorMessage(error, options.off ? 'lift the leash' : 'set the leash');
      }
    });
}

async function leash(
  group: string,
  { reason, json, ...options }: LeashOptions,
  context: CliContext,
): Promise<void> {
  const { terminal, clock } = context;
  if (reason === undefined) {
    throw new CliError('Give --reason, or --off to lift the leash.', exitCodes.badUsage);
  }
  const place = await locateDeployment(options, context);
  requireConfigured(group, place, context);
  const found = await readGroupRecord(group, place, options, context);
  const { ledger, record, by, timeZone } = found;
  const set = { reason: keptReason(reason, context), by, at: new Date(clock.now()).toISOString() };
  await changeLedger(
    {
      doing: 'set the leash',
      done: `${group} was leashed`,
      see: `./chaos status${deploymentFlags(options)}`,
    },
    () => ledger.setLeash(group, set),
    found.sent,
    context,
  );
  await warnIfNeverSeen(group, found, options, context);
  if (json) {
    terminal.out(JSON.stringify({ group, leash: set, replaced: record.leash ?? null }, null, 2));
    return;
  }
  terminal.out(`LEASHED. ${group} will not be struck.`);
  terminal.out(inFlightNotice);
  terminal.out(
    record.leash === undefined
      ? 'It was not leashed before.'
      : `This replaces: ${attributionText(record.leash, timeZone)}`,
  );
  terminal.out(`To lift it: ${unleashCommand(group)}${deploymentFlags(options)}`);
}

async function lift(group: string, options: LeashOptions, context: CliContext): Promise<void> {
  const { terminal } = context;
  const place = await locateDeployment(options, context);
  const { ledger, sent, record, timeZone } = await readGroupRecord(group, place, options, context);
  if (record.leash !== undefined) {
    await changeLedger(
      {
        doing: 'lift the leash',
        done: `the leash of ${group} was lifted`,
        see: `./chaos status${deploymentFlags(options)}`,
      },
      () => ledger.setLeash(group, undefined),
      sent,
      context,
    );
  }
  if (options.json) {
    terminal.out(JSON.stringify({ group, leash: null, lifted: record.leash ?? null }, null, 2));
    return;
  }
  if (record.leash === undefined) {
    terminal.out(`${group} was not leashed. Nothing changed.`);
    return;
  }
  terminal.out(`Lifted: ${attributionText(record.leash, timeZone)}`);
  terminal.out('The next run may strike it again.');
}
