import { Command, Option } from 'commander';
import * as z from 'zod';
import { attributionText } from '#core/messages/attribution.ts';
import { inZone } from '#core/messages/moment-text.ts';
import type { GroupLeash, Veto } from '#core/model/group-record.ts';
import { shellWord } from '#core/util/shell-word.ts';
import { awsErrorMessage } from '../context/aws-error-message.ts';
import type { CliContext } from '../context/cli-context.ts';
import { CliError, exitCodes } from '../context/cli-error.ts';
import { type Exemption, exempt, liftExemption } from '../deployed/exemption.ts';
import { DeploymentOptions, readSummary, withDeploymentOptions } from '../options/deployment-options.ts';
import { groupKeyArgument } from '../options/group-key.ts';
import { jsonOption } from '../options/options.ts';
import { parseUntil } from '../options/parse-until.ts';
import { parseReason, reasonHelp } from '../options/reason-option.ts';

const VetoOptions = DeploymentOptions.extend({
  until: z.string().optional(),
  reason: z.string().optional(),
  off: z.boolean().default(false),
  json: z.boolean().default(false),
}).strict();
type VetoOptions = z.infer<typeof VetoOptions>;

const help = `
Until that time no run strikes the group, not even with --force, and reports show the reason. An account or region that
is not in the configuration is refused; a group that no run has seen yet causes a warning.

Examples:
  ./chaos veto 111122223333/eu-west-1/asg/web --until 2026-11-24T09:00 --reason "migration"
                                      Local time in the schedule's time zone
  ./chaos veto 111122223333/eu-west-1/asg/web --until 3d --reason "migration"
  ./chaos veto 111122223333/eu-west-1/asg/web --off
`;

export function vetoCommand(context: CliContext): Command {
  return withDeploymentOptions(new Command('veto'))
    .addArgument(groupKeyArgument())
    .option('--until <time>', 'a time, or a duration such as 2h or 3d; required unless --off')
    .option(
      '--reason <text>',
      `${reasonHelp('whoever finds the group spared')}; required unless --off`,
      parseReason,
    )
    .addOption(new Option('--off', 'lift the veto').conflicts(['until', 'reason']))
    .addOption(jsonOption('the veto'))
    .addHelpText('after', help)
    .action(async (group: string, given: unknown) => {
      const { off, ...options } = VetoOptions.parse(given);
      try {
        await (off ? liftExemption(groupVeto, group, options, context) : veto(group, options, context));
      } catch (error) {
        throw awsErrorMessage(error, off ? 'lift the veto' : 'set the veto');
      }
    });
}

async function veto(
  group: string,
  { until, reason, ...options }: Omit<VetoOptions, 'off'>,
  context: CliContext,
): Promise<void> {
  if (until === undefined || reason === undefined) {
    throw new CliError('Give --until and --reason, or --off to lift the veto.', exitCodes.badUsage);
  }
  const moment = await parseUntil(until, context.clock.now(), () => readTimeZone(options, context));
  const make = (common: GroupLeash): Veto => ({ ...common, until: new Date(moment).toISOString() });
  await exempt(groupVeto, group, make, { ...options, reason }, context);
}

const groupVeto: Exemption<Veto> = {
  name: 'veto',
  none: 'had no veto',
  undo: (group) => `./chaos veto ${shellWord(group)} --off`,
  read: ({ veto }) => veto,
  write: (ledger, group, veto) => ledger.setVeto(group, veto),
  text: (veto, timeZone) => `${attributionText(veto, timeZone)}, until ${inZone(veto.until, timeZone)}`,
  until: (veto, timeZone) => ` before ${inZone(veto.until, timeZone)}`,
};

/** Local times are in the schedule's time zone, which only the configuration knows. */
async function readTimeZone({ config }: DeploymentOptions, context: CliContext): Promise<string> {
  const summary = await readSummary(config, context);
  if (typeof summary !== 'string' && summary.timeZone !== undefined) return summary.timeZone;
  const why = typeof summary === 'string' ? summary : 'The configuration has no schedule.timeZone';
  throw new CliError(
    `${why}, so the time zone of the local time is unknown.\n  Give --until with an offset, such as 2026-11-24T09:00+01:00, or as a duration, such as 3d.`,
    exitCodes.badUsage,
  );
}
