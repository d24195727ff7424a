import type { Config } from '#core/config/config.ts';
import type { RunRequestInput } from '#core/config/run-request.ts';
import type { RunReport } from '#core/reports/run-report.ts';
import { run } from '#core/run/run.ts';
import type { CliContext } from '../context/cli-context.ts';
import { buildRequest } from '../options/request.ts';
import { openSandbox } from '../sandbox/open-sandbox.ts';

/** Makes a run on the sandbox. */
export async function runSandbox(
  input: RunRequestInput,
  config: Config,
  context: CliContext,
): Promise<RunReport> {
  const request = buildRequest(input, config);
  const { world, start } = openSandbox(config, context);
  return run({ ...start({ task: 'run', request }), request }, world);
}
