import type { Config } from '#core/config.ts';
import type { RunReport } from '#core/report.ts';
import type { RunRequestInput } from '#core/request.ts';
import { run } from '#core/run.ts';
import { onSandbox } from './shared/on-sandbox.ts';
import { requestFrom } from './shared/request.ts';
import type { Surroundings } from './shared/surroundings.ts';

/** A run on an embedded AWS. */
export async function runSandbox(
  input: RunRequestInput,
  config: Config,
  surroundings: Surroundings,
): Promise<RunReport> {
  const request = requestFrom(input, config);
  const { world, start } = onSandbox(config, surroundings);
  return run({ ...start({ task: 'run', request }), request }, world);
}
