import { Command, Option } from 'commander';
import * as z from 'zod';
import { unleashCommand } from '#core/guards/leashed-group.ts';
import { attributionText } from '#core/messages/attribution.ts';
import type { GroupLeash } from '#core/model/group-record.ts';
import { awsErrorMessage } from '../context/aws-error-message.ts';
import type { CliContext } from '../context/cli-context.ts';
import { CliError, exitCodes } from '../context/cli-error.ts';
import { type Exemption, exempt, liftExemption } from '../deployed/exemption.ts';
import { DeploymentOptions, withDeploymentOptions } from '../options/deployment-options.ts';
import { groupKeyArgument } from '../options/group-key.ts';
import { jsonOption } from '../options/options.ts';
import { parseReason, reasonHelp } from '../options/reason-option.ts';

const LeashOptions = DeploymentOptions.extend({
  reason: z.string().optional(),
  off: z.boolean().default(false),
  json: z.boolean().default(false),
}).strict();

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
      const { off, reason, ...options } = LeashOptions.parse(given);
      try {
        if (off) return await liftExemption(groupLeash, group, options, context);
        if (reason === undefined) {
          throw new CliError('Give --reason, or --off to lift the leash.', exitCodes.badUsage);
        }
        await exempt(groupLeash, group, (common) => common, { ...options, reason }, context);
      } catch (error) {
        throw awsErrorMessage(error, off ? 'lift the leash' : 'set the leash');
      }
    });
}

const groupLeash: Exemption<GroupLeash> = {
  name: 'leash',
  none: 'was not leashed',
  undo: unleashCommand,
  read: ({ leash }) => leash,
  write: (ledger, group, leash) => ledger.setLeash(group, leash),
  text: attributionText,
  until: () => '',
};
