import { type Command, Option } from 'commander';
import * as z from 'zod';
import { DeploymentOptions, withDeploymentOptions } from './deployment-options.ts';

/** The options of `withExperimentOptions`. */
export const ExperimentOptions = DeploymentOptions.extend({ local: z.boolean().default(false) });
export type ExperimentOptions = z.infer<typeof ExperimentOptions>;

/** For commands about experiments that ran on this machine, or in AWS. */
export function withExperimentOptions(command: Command): Command {
  return withDeploymentOptions(
    command.addOption(
      new Option('--local', 'only those that ran on this machine').conflicts(['region', 'table', 'profile']),
    ),
  );
}
