import { awsErrorMessage } from '../../context/aws-error-message.ts';
import type { CliContext } from '../../context/cli-context.ts';
import { CliError, exitCodes } from '../../context/cli-error.ts';
import {
  type ExperimentStopProgress,
  type StoppedExperiment,
  stopExperiment,
} from '../../deployed/stop-experiment.ts';
import { forgetNotFound, inTime } from '../../deployed/stop-progress.ts';
import { wakeJanitor } from '../../deployed/wake-janitor.ts';
import { untilUndone } from '../../deployed/watch-experiment.ts';
import { requireRunId } from '../../experiments/find-report.ts';
import type { ListedExperiment } from '../../experiments/list-experiments.ts';
import { overHere, overHereText } from '../../experiments/over-here.ts';
import type { DeploymentOptions } from '../../options/deployment-options.ts';
import { deploymentFlags, locateDeployment } from '../../options/deployment-options.ts';
import { keptReason } from '../../options/reason-option.ts';
import { accountsText } from '../../render/accounts.ts';
import {
  type AfterStop,
  afterStopText,
  experimentMeanwhileText,
  experimentNotStoppedText,
  isUndone,
  janitorNotStartedText,
} from '../../render/experiment/stop.ts';
import { printResult } from '../../terminal/print-result.ts';
import { withProgress } from '../../terminal/progress.ts';
import { WaitNotice } from '../../terminal/wait-notice.ts';

export type ExperimentStopOptions = DeploymentOptions & { readonly reason: string; readonly json: boolean };

/** Sets the stop, and says what becomes of the experiment. On failure, says whether it may have been set anyway, and what helps. */
export async function performExperimentStop(
  id: string | undefined,
  options: ExperimentStopOptions,
  context: CliContext,
): Promise<void> {
  if (id !== undefined) {
    requireRunId(id, deploymentFlags(options));
    const over = await overHere(id, context.cwd);
    if (over !== undefined) return notRunningHere(over, options, context);
  }
  const progress: ExperimentStopProgress = { mayBeSet: () => false };
  const set = () => setStop(id, options, progress, context);
  const stopped = await inTime(set, () => experimentMeanwhileText(progress), context).catch(
    (error: unknown) => {
      const { message, exitCode } = awsErrorMessage(error, 'set the stop');
      forgetNotFound(error, progress);
      const text =
        exitCode === exitCodes.badUsage
          ? `NOT STOPPED. ${message}`
          : experimentNotStoppedText(message, progress);
      throw new CliError(text, exitCode, error);
    },
  );
  // The stop is set, whatever comes of this.
  if (stopped.stop !== undefined) await startJanitor(stopped, context);
  const standing = await seeItEnd(stopped, context);
  const after: AfterStop = { ...stopped, standing, flags: deploymentFlags(options) };
  const { id: run, region, table, stop } = stopped;
  const { record, inPlace } = standing ?? {};
  printResult(
    options,
    {
      ...{ id: run, region, table },
      ...{ stop: stop ?? null, ended: record?.ended ?? null, inPlace: inPlace ?? null },
    },
    afterStopText(after),
    context.terminal,
  );
  if (!isUndone(after)) context.finish(exitCodes.failed);
  const { account } = stopped;
  const master = progress.account;
  if (account === undefined || master === undefined || account === master) return;
  context.terminal.note(`WRONG ACCOUNT? ${accountsText(account, master)}`);
  context.finish(exitCodes.failed);
}

function notRunningHere(
  over: ListedExperiment,
  options: { readonly json: boolean },
  { terminal }: CliContext,
): void {
  const { id, ended } = over;
  const text = `Nothing was left to stop: ${overHereText(over)}`;
  printResult(options, { id, stop: null, ended, inPlace: [] }, text, terminal);
}

async function setStop(
  id: string | undefined,
  options: ExperimentStopOptions,
  progress: ExperimentStopProgress,
  context: CliContext,
): Promise<StoppedExperiment> {
  const reason = keptReason(options.reason, context);
  Object.assign(progress, { reason, profile: options.profile, ...(id !== undefined && { id }) });
  const { region, account: master } = await locateDeployment(options, context);
  Object.assign(progress, { region, account: master });
  const flags = deploymentFlags(options);
  const waiting = new WaitNotice(context.terminal);
  return stopExperiment(
    { id, reason, region, table: options.table, master, flags },
    progress,
    waiting,
    context,
  );
}

async function startJanitor({ id, region }: StoppedExperiment, context: CliContext): Promise<void> {
  try {
    await wakeJanitor({ run: id }, region, context);
  } catch (error) {
    context.terminal.note(janitorNotStartedText(awsErrorMessage(error, 'start chaos_janitor').message));
  }
}

/** Ctrl-C ends the waiting, and nothing else. */
async function seeItEnd({ id, ledger }: StoppedExperiment, context: CliContext) {
  const over = new AbortController();
  const release = context.onInterrupt(() => over.abort());
  try {
    return await withProgress(
      untilUndone(id, ledger, { clock: context.clock, over: over.signal }),
      () => 'The stop is set. Waiting until nothing of it is in place',
      context,
    );
  } finally {
    release();
  }
}
