import type { ExperimentRecord } from '#core/reports/experiment-record.ts';
import { shownRecord } from '#lambdas/chaos-experiment-control/shown-record.ts';
import { awsErrorMessage } from '../../context/aws-error-message.ts';
import type { CliContext } from '../../context/cli-context.ts';
import { verdictExitCodes } from '../../context/cli-error.ts';
import type { OpenDeployment } from '../../deployed/open-deployment.ts';
import { deployedReport } from '../../experiments/find-report.ts';
import { experimentReportText } from '../../render/experiment/experiment-report.ts';
import { printResult } from '../../terminal/print-result.ts';
import { untilSeen } from './until-seen.ts';

/**
 * Waits until a run in AWS is over, prints its report, and ends with the exit code of its verdict. Ctrl-C ends the waiting. `watch`:
 * shows each probe and its evidence meanwhile, as far as the run has told.
 */
export async function waitForVerdict(
  id: string,
  deployment: OpenDeployment,
  options: { readonly json: boolean; readonly watch: boolean },
  context: CliContext,
): Promise<void> {
  const { terminal, finish } = context;
  const { record } = await untilSeen(
    id,
    { watch: options.watch, unseen: verdictExitCodes.failed },
    deployment,
    context,
  );
  const { ended } = record;
  if (ended === undefined) return;
  finish(verdictExitCodes[ended.verdict]);
  try {
    const { report, page, flags } = await deployedReport(id, deployment, context);
    const { paint, width } = terminal;
    const text = experimentReportText(report, { paint, width, timeZone: report.timeZone, page, flags });
    printResult(options, report, text, terminal);
  } catch (error) {
    // The verdict is known all the same.
    terminal.note(awsErrorMessage(error, 'read its report').message);
    printResult(options, shownRecord(record), endedText(record), terminal);
  }
}

function endedText({ id, ended }: ExperimentRecord): string {
  return `Experiment ${id} ended as ${ended?.verdict}: ${ended?.why}`;
}
