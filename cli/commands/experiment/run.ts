import { Command, Option } from 'commander';
import type { CliContext } from '../../context/cli-context.ts';
import { CliError, exitCodes, verdictExitCodes } from '../../context/cli-error.ts';
import { withDeploymentOptions } from '../../options/deployment-options.ts';
import { RunOptions } from '../../options/experiment-run-options.ts';
import { jsonOption } from '../../options/options.ts';
import { setOption } from '../../options/set-option.ts';

const codes = Object.entries(verdictExitCodes)
  .map(([verdict, code]) => `${code} ${verdict}`)
  .join(', ');

const help = `
Where the experiment takes place:
  (default)   In AWS, by the deployed function chaos_experiment. This prints the id of the run, and the commands that
              follow. It goes on whatever becomes of this command. With --wait, this waits for the verdict: Ctrl-C ends the
              waiting, and not the experiment. With --watch as well, it shows what the experiment tells every 20 seconds.
  --sandbox   On the sample: the shop and the web group of sample/, as processes of this machine that answer real HTTP,
              with everything else of AWS in memory. Ctrl-C stops the experiment and undoes its faults; a second one ends
              the process, and with it all that it started.

--set replaces a value of the file, for this run. An entry of a list goes by its name, or by its place from 0. The value is
YAML, and may be no list and no mapping. What is run, and what the report's hash of the file is of, is the changed text.

Exit codes: ${codes}; 2 bad usage. In AWS: 0 it has started, or with --wait that of the verdict; 6 also if
it could not be started, or its verdict is not known.

Examples:
  ./chaos experiment run experiments/latency.yaml --sandbox
  ./chaos experiment run experiments/latency.yaml --sandbox --no-graceful
  ./chaos experiment run checkout.yaml --wait
  ./chaos experiment run checkout.yaml --set steadyState.probes.page.url=https://staging.example.com/
`;

export function runCommand(context: CliContext): Command {
  return makeCommand('run', 'run an experiment, and say what it came to', false, context);
}

export function rehearseCommand(context: CliContext): Command {
  return makeCommand(
    'rehearse',
    'run all of it but the fault: what deviates is a false alarm',
    true,
    context,
  );
}

function makeCommand(name: string, summary: string, rehearsal: boolean, context: CliContext): Command {
  const command = new Command(name)
    .description(summary)
    .argument('<file>', 'the file of an experiment')
    .addOption(
      new Option('--sandbox', 'on the sample, on this machine').conflicts([
        ...['region', 'table', 'profile', 'config'],
      ]),
    )
    .option('--no-graceful', 'let the shop of the sandbox wait and fail, where it would show what it has')
    .option('--watch', 'show each probe and its evidence meanwhile')
    .option('--wait', 'wait for the verdict: with --sandbox, this always does')
    .addOption(setOption());
  return withDeploymentOptions(command)
    .addOption(jsonOption('the report, or the id of what has started,'))
    .addHelpText('after', help)
    .action(async (file: string, given: unknown) => run(file, rehearsal, RunOptions.parse(given), context));
}

async function run(
  file: string,
  rehearsal: boolean,
  options: RunOptions,
  context: CliContext,
): Promise<void> {
  // 1 would say that it deviated.
  context.terminal.failUnwrittenWith(verdictExitCodes.failed);
  // Each pulls in much that the other does not need.
  if (options.sandbox) {
    const { runOnSample } = await import('./run-sandbox.ts');
    return runOnSample(file, rehearsal, options, context);
  }
  if (options.watch && !options.wait) {
    throw new CliError('--watch is for whoever waits for the verdict: add --wait.', exitCodes.badUsage);
  }
  if (!options.graceful) throw new CliError('--no-graceful is for --sandbox only.', exitCodes.badUsage);
  const { runInAws } = await import('./run-in-aws.ts');
  return runInAws(file, rehearsal, options, context);
}
