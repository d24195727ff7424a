import { Command } from 'commander';
import * as z from 'zod';
import type { CliContext } from '../../context/cli-context.ts';
import { DeploymentOptions, withDeploymentOptions } from '../../options/deployment-options.ts';
import { jsonOption } from '../../options/options.ts';
import { parseReason, reasonHelp } from '../../options/reason-option.ts';
import { performExperimentStop } from './perform-stop.ts';

const StopOptions = DeploymentOptions.extend({
  reason: z.string().default('no reason given'),
  json: z.boolean().default(false),
}).strict();

const help = `
Writes the stop to the ledger, which whoever runs the experiment reads every second while a fault is in place, and starts
chaos_janitor, which undoes its faults and ends a wait. Then it waits for up to a minute, and says what is still in place.
Without an id: the experiment that is running, if there is only one. Everything else goes on; to stop that too: ./chaos stop

An experiment that was started with --sandbox is stopped by Ctrl-C, where it runs.

Exit codes: 0 it is stopped, or was over, and nothing of it is in place; 1 it is not stopped, or something of it may be in
place; 2 bad usage, no such experiment, or several that run.

Examples:
  ./chaos experiment stop
  ./chaos experiment stop 20261123T090000Z-3f9a1c2b --reason "checkout is on fire"
`;

export function stopCommand(context: CliContext): Command {
  return withDeploymentOptions(new Command('stop'))
    .description('stop an experiment that runs in AWS, and have its faults undone')
    .argument('[id]', 'the id of its run')
    .option('--reason <text>', reasonHelp('whoever reads its report'), parseReason)
    .addOption(jsonOption('what became of it'))
    .addHelpText('after', help)
    .action(async (id: string | undefined, given: unknown) =>
      performExperimentStop(id, StopOptions.parse(given), context),
    );
}
