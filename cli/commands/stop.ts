import { Command } from 'commander';
import type { CliContext } from '../context/cli-context.ts';
import { jsonOption } from '../options/options.ts';
import { reasonHelp } from '../options/reason-option.ts';
import { lastResorts } from '../render/last-resorts.ts';
import { inFlightNotice } from '../render/notices.ts';
import { performStop } from './perform-stop.ts';

const help = `
No new strikes start, in current or later runs, until ./chaos resume, and experiments that run are aborted. ${inFlightNotice}
Calls that AWS has already accepted are not reverted. Faults that last are: chaos_janitor is started, and undoes them at once.

Only the master's region and account are read from the configuration, for at most three seconds, so mistakes elsewhere in
it do not matter. With --region, the configuration is not read; with --table, the stack is not read. If your credentials
are for an account other than the configured master, the deployment in your account is stopped, and the exit code is 1.

Unknown words and options, even before the command, do not prevent the stop. Unknown options are listed, and the exit code is 1.

Examples:
  ./chaos stop
  ./chaos stop checkout is on fire
  ./chaos stop --region eu-west-1 --table TABLE --reason "checkout is on fire"

If nothing else works, use the aws CLI with credentials of the master account:
${lastResorts({})}
`;

/**
 * In an emergency a usage error is the worst answer: options may lack their values, and unknown options are ignored. Only --help
 * and an option that should name the deployment, but has no value, keep it from stopping.
 */
export function stopCommand(context: CliContext): Command {
  return new Command('stop')
    .argument('[reason...]', 'the reason, in any number of words')
    .option('--reason [text]', reasonHelp('whoever finds it stopped'))
    .option('--region [region]', 'the region of the deployed monkey; skips the configuration')
    .option('--table [name]', "the ledger's table; skips the stack")
    .option('--profile [name]', 'the AWS profile, as in the aws CLI')
    .option(
      '--config [path]',
      'the configuration (default: chaos.config.* in this folder, else in the repository)',
    )
    .addOption(jsonOption('the stop'))
    .allowUnknownOption()
    .addHelpText('after', help)
    .action((words: readonly string[], given: Readonly<Record<string, unknown>>) =>
      performStop(words, given, context),
    );
}
