import type { Config } from '#core/config/config.ts';
import type { RunRequestInput } from '#core/config/run-request.ts';
import { RunReport } from '#core/reports/run-report.ts';
import { parse } from '#core/util/parse.ts';
import type { CliContext } from '../context/cli-context.ts';
import { answerName, askFunction } from '../deployed/invoke-function.ts';

/** Asks the deployed function for a run, and never retries: a retry would be a second run with its own strikes. */
export async function runDeployed(
  input: RunRequestInput,
  config: Config,
  context: CliContext,
): Promise<RunReport> {
  const lost = 'The run may still be in progress: ./chaos status. Asking again would start a second run.';
  return parse(RunReport, await askFunction({ input, what: 'a run', lost }, config, context), answerName);
}
