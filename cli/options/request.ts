import type { Config } from '#core/config/config.ts';
import { parseRequest, type RunRequest, type RunRequestInput } from '#core/config/run-request.ts';
import { type OtherTask, type OtherTaskInput, parseTask } from '#core/config/task.ts';
import { InvalidInput } from '#core/util/parse.ts';
import { faults } from '#faults/registry.ts';
import { CliError, exitCodes } from '../context/cli-error.ts';

/** The request that the options make, checked here as the deployed function would check it. */
export function buildRequest(input: RunRequestInput, config: Config): RunRequest {
  try {
    return parseRequest(input, config, faults);
  } catch (error) {
    throw toUsageError(error);
  }
}

/** The same for what is no run. */
export function buildTask<Name extends OtherTask['task']>(
  input: OtherTaskInput & { readonly task: Name },
  config: Config,
): Extract<OtherTask, { task: Name }> {
  try {
    return parseTask(input, config, faults) as Extract<OtherTask, { task: Name }>;
  } catch (error) {
    throw toUsageError(error);
  }
}

/** What was asked for is not valid: nothing was done. Other errors stay what they are. */
export function toUsageError(error: unknown): unknown {
  return error instanceof InvalidInput ? new CliError(error.message, exitCodes.badUsage, error) : error;
}
