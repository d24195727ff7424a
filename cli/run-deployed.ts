import type { Config } from '#core/config.ts';
import type { RunReport } from '#core/report.ts';
import { parseReport } from '#core/report-schema.ts';
import type { RunRequestInput } from '#core/request.ts';
import { answerName, askDeployed } from './shared/deployed-function.ts';
import type { Surroundings } from './shared/surroundings.ts';

/** Asks the deployed function for a run: once, as asking again would be a run of its own, which strikes again. */
export async function runDeployed(
  input: RunRequestInput,
  config: Config,
  surroundings: Surroundings,
): Promise<RunReport> {
  const lost = 'The run may be under way: ./chaos status. To ask again would be a second run.';
  return parseReport(await askDeployed({ input, what: 'a run', lost }, config, surroundings), answerName);
}
