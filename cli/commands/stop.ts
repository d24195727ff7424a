import { Command } from 'commander';
import type { CliContext } from '../context/cli-context.ts';
import { jsonOption } from '../options/options.ts';
import { reasonHelp } from '../options/reason-option.ts';
import { lastResorts } from '../render/last-resorts.ts';
import { inFlightNotice } from '../render/notices.ts';
import { performStop } from './perform-stop.ts';

const help = `
From then on, until ./chaos resume, no strike is claimed, neither by a run under way nor by a later one.
${inFlightNotice}
What AWS has already been asked to do is not taken back.

Of the configuration only the master's region and account are read, for three seconds at most, so a mistake elsewhere
in it does not matter. With --region it is not read, and with --table the stack is not asked. Where your credentials
are for another account than the configuration's, what is there is stopped all the same, and the exit code is 1.

Whatever else is typed stops, too, and so do options before the command. What was not understood is named, and the exit code is 1.

Examples:
  ./chaos stop
  ./chaos stop checkout is on fire
  ./chaos stop --region eu-west-1 --table TABLE --reason "checkout is on fire"

If all fails, with the aws CLI and credentials of the master account:
${lastResorts({})}
`;

/**
 * At such a moment a usage error is the worst answer: every option may lack its value, and what is not known is passed over. Only
 * --help stops nothing, and a place that is none.
 */
export function stopCommand(context: CliContext): Command {
  return new Command('stop')
    .argument('[reason...]', 'why, in as many words as you like')
    .option('--reason [text]', reasonHelp('whoever finds it stopped'))
    .option('--region [region]', 'where the monkey is deployed; the configuration is not read then')
    .option('--table [name]', "the ledger's table, in place of what the stack says")
    .option('--profile [name]', 'the profile whose AWS credentials are used, as in the aws CLI')
    .option(
      '--config [path]',
      'the configuration, in place of chaos.config.* in this folder or the repository',
    )
    .addOption(jsonOption('what was stopped'))
    .allowUnknownOption()
    .addHelpText('after', help)
    .action((words: readonly string[], given: Readonly<Record<string, unknown>>) =>
      performStop(words, given, context),
    );
}
