import type { CliContext } from '../context/cli-context.ts';
import { CliError, exitCodes } from '../context/cli-error.ts';
import {
  type DeploymentLocation,
  type DeploymentOptions,
  locateBySummary,
  locateDeployment,
  readSummary,
} from '../options/deployment-options.ts';
import type { ExperimentOptions } from '../options/experiment-options.ts';
import { reportsFolder } from './report-folder.ts';

/** For the help of commands that look in both places. */
export const placesHelp = `
Experiments that ran on this machine are in ${reportsFolder} of the current folder. The deployment is asked too if the
configuration deploys experiments (experiments: { deploy: true }), or if --region, --table or --profile names it.`;

/** Where the deployment is whose experiments are meant; undefined where nothing says that there are any. */
export async function experimentsPlace(
  { local, ...options }: ExperimentOptions,
  context: CliContext,
): Promise<DeploymentLocation | undefined> {
  const found = local ? 'only this machine is meant' : await findPlace(options, context);
  return typeof found === 'string' ? undefined : found;
}

/** The same for commands that are about the deployment alone. Throws a `CliError` that says how to have experiments there. */
export async function requireExperimentsPlace(
  options: DeploymentOptions,
  context: CliContext,
): Promise<DeploymentLocation> {
  const found = await findPlace(options, context);
  if (typeof found !== 'string') return found;
  throw new CliError(
    `Nothing says that experiments are deployed: ${found}.\n` +
      '  On this machine, on the sample: ./chaos experiment run FILE --sandbox; Ctrl-C stops it.\n' +
      '  In AWS: experiments: { deploy: true } in the configuration, and npx cdk deploy; or name the deployment: --region REGION',
    exitCodes.badUsage,
  );
}

/** A string is the reason why there is none. */
async function findPlace(
  options: DeploymentOptions,
  context: CliContext,
): Promise<DeploymentLocation | string> {
  const { region, table, profile } = options;
  const isNamed = [region, table, profile].some((one) => one !== undefined);
  if (isNamed) return locateDeployment(options, context);
  const summary = await readSummary(options.config, context);
  if (typeof summary === 'string') return summary;
  if (!summary.deploysExperiments) return 'the configuration does not';
  return locateBySummary(summary, options, context);
}
