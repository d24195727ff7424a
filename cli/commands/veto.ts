import { Command, Option } from 'commander';
import * as z from 'zod';
import { attributionText } from '#core/messages/attribution.ts';
import { inZone } from '#core/messages/moment-text.ts';
import type { Veto } from '#core/model/group-record.ts';
import { shellWord } from '#core/util/shell-word.ts';
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
  readSummary,
  withDeploymentOptions,
} from '../options/deployment-options.ts';
import { groupKeyArgument } from '../options/group-key.ts';
import { jsonOption } from '../options/options.ts';
import { parseUntil } from '../options/parse-until.ts';
import { keptReason, parseReason, reasonHelp } from '../options/reason-option.ts';
import { inFlightNotice } from '../render/notices.ts';

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
      const options = VetoOptions.parse(given);
      try {
        await (options.off ? lift(group, options, context) : veto(group, options, context));
      } catch (error) {
        throw awsErrorMessage(error, options.off ? 'lift the veto' : 'set the veto');
      }
    });
}

async function veto(
  group: string,
  { until, reason, json, ...options }: VetoOptions,
  context: CliContext,
): Promise<void> {
  const { terminal, clock } = context;
  if (until === undefined || reason === undefined) {
    throw new CliError('Give --until and --reason, or --off to lift the veto.', exitCodes.badUsage);
  }
  const now = clock.now();
  const moment = await parseUntil(until, now, () => readTimeZone(options, context));
  const place = await locateDeployment(options, context);
  requireConfigured(group, place, context);
  const found = await readGroupRecord(group, place, options, context);
  const { ledger, record, by, timeZone } = found;
  const set: Veto = {
    reason: keptReason(reason, context),
    by,
    at: new Date(now).toISOString(),
    until: new Date(moment).toISOString(),
  };
  await changeLedger(
    { doing: 'set the veto', done: `${group} was vetoed`, see: `./chaos status${deploymentFlags(options)}` },
    () => ledger.setVeto(group, set),
    found.sent,
    context,
  );
  await warnIfNeverSeen(group, found, options, context);
  if (json) {
    terminal.out(JSON.stringify({ group, veto: set, replaced: record.veto ?? null }, null, 2));
    return;
  }
  terminal.out(`VETOED. ${group} will not be struck before ${inZone(set.until, timeZone)}.`);
  terminal.out(inFlightNotice);
  terminal.out(
    record.veto === undefined
      ? 'It had no veto before.'
      : `This replaces: ${vetoText(record.veto, timeZone)}`,
  );
  terminal.out(`To lift it: ./chaos veto ${shellWord(group)} --off${deploymentFlags(options)}`);
}

async function lift(group: string, options: VetoOptions, context: CliContext): Promise<void> {
  const { terminal } = context;
  const place = await locateDeployment(options, context);
  const { ledger, sent, record, timeZone } = await readGroupRecord(group, place, options, context);
  if (record.veto !== undefined) {
    await changeLedger(
      {
        doing: 'lift the veto',
        done: `the veto of ${group} was lifted`,
        see: `./chaos status${deploymentFlags(options)}`,
      },
      () => ledger.setVeto(group, undefined),
      sent,
      context,
    );
  }
  if (options.json) {
    terminal.out(JSON.stringify({ group, veto: null, lifted: record.veto ?? null }, null, 2));
    return;
  }
  if (record.veto === undefined) {
    terminal.out(`${group} had no veto. Nothing changed.`);
    return;
  }
  terminal.out(`Lifted: ${vetoText(record.veto, timeZone)}`);
  terminal.out('The next run may strike it again.');
}

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

function vetoText(veto: Veto, timeZone: string): string {
  return `${attributionText(veto, timeZone)}, until ${inZone(veto.until, timeZone)}`;
}
