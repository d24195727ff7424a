import type { Config } from '#core/config/config.ts';
import { parseRequest, type RunRequest, type RunRequestInput } from '#core/config/run-request.ts';
import { type OtherTaskInput, parseTask, type Task } from '#core/config/task.ts';
import { InvalidInput } from '#core/util/parse.ts';
import { faults } from '#faults/registry.ts';
import { CliError, exitCodes } from '../context/cli-error.ts';

/** Builds a run request from the options, and checks it as the deployed function would. */
export function buildRequest(input: RunRequestInput, config: Config): RunRequest {
  try {
    return parseRequest(input, config, faults);
  } catch (error) {
    throw toUsageError(error);
  }
}

/** The same for tasks other than runs. */
export function buildTask(input: OtherTaskInput, config: Config): Task {
  try {
    return parseTask(input, config, faults);
  } catch (error) {
    throw toUsageError(error);
  }
}

/** Turns `InvalidInput` into a usage error. Returns other errors unchanged. */
export function toUsageError(error: unknown): unknown {
  return error instanceof InvalidInput ? new CliError(error.message, exitCodes.badUsage, error) : error;
}
