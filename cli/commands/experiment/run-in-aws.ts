import { newId } from '#aws/new-ids.ts';
import { runIdOf } from '#core/model/run-context.ts';
import { findConfig, openConfig } from '../../config/open-config.ts';
import { awsErrorMessage } from '../../context/aws-error-message.ts';
import type { CliContext } from '../../context/cli-context.ts';
import { CliError, exitCodes, verdictExitCodes } from '../../context/cli-error.ts';
import { waitForCaller } from '../../deployed/caller-identity.ts';
import { openDeployment } from '../../deployed/open-deployment.ts';
import { requireMasterAccount } from '../../deployed/require-master-account.ts';
import { startExperiment } from '../../deployed/start-experiment.ts';
import { requireExperimentsPlace } from '../../experiments/deployed-experiments.ts';
import { openExperiment, printWarnings, readText } from '../../experiments/open-experiment.ts';
import { type DeploymentLocation, deploymentFlags } from '../../options/deployment-options.ts';
import type { RunOptions } from '../../options/experiment-run-options.ts';
import { startedText } from '../../render/experiment/started.ts';
import { printResult } from '../../terminal/print-result.ts';
import { waitForVerdict } from './wait-for-verdict.ts';

/** Starts it in AWS, and with `--wait` waits for its verdict. */
export async function runInAws(
  file: string,
  rehearsal: boolean,
  options: RunOptions,
  context: CliContext,
): Promise<void> {
  try {
    const place = await requireExperimentsPlace(options, context);
    const { text, isChecked } = await readFile(file, place, options, context);
    const flags = deploymentFlags(options);
    const caller = await waitForCaller(context, place.region);
    if (place.account !== undefined) requireMasterAccount(caller, place.account);
    const id = runIdOf(context.clock.now(), newId());
    const run = { id, rehearsal, startedBy: caller.arn.slice(-mostCharacters), file: text };
    const { warnings } = await startExperiment(run, { region: place.region, flags }, context);
    if (!isChecked) printWarnings(file, warnings, context.terminal);
    if (!options.wait) {
      return printResult(options, { id, warnings }, startedText(id, flags), context.terminal);
    }
    context.terminal.note(startedText(id, flags));
    await waitForVerdict(id, await openDeployment(place, options, context), options, context);
  } catch (error) {
    const trouble = awsErrorMessage(error, 'run the experiment');
    if (trouble.exitCode !== exitCodes.failed) throw trouble;
    // 1 would say that it deviated.
    throw new CliError(trouble.message, verdictExitCodes.failed, error);
  }
}

/** Of the name of whoever starts it. The end of an ARN says who that is. */
const mostCharacters = 200;

/**
 * The text that is to be run. Checked by the configuration here, if that is read: mistakes are told sooner. What is deployed may differ,
 * so the function checks it in any case.
 */
async function readFile(
  file: string,
  place: DeploymentLocation,
  { config, set }: RunOptions,
  context: CliContext,
): Promise<{ readonly text: string; readonly isChecked: boolean }> {
  const { cwd, terminal } = context;
  if (place.config === undefined) return { text: await readText(file, cwd, set), isChecked: false };
  const read = await openConfig(findConfig(config, cwd), terminal);
  const { text } = await openExperiment(file, read, context, { loopback: false, set });
  return { text, isChecked: true };
}
