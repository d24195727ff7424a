import type { Config } from '#core/config.ts';
import { InvalidInput } from '#core/parse.ts';
import { parseRequest, type RunRequest, type RunRequestInput } from '#core/request.ts';
import { faults } from '#faults/registry.ts';
import { CliError, exitCodes } from './cli-error.ts';

/** The request that the options make, checked here as the deployed function would check it. */
export function requestFrom(input: RunRequestInput, config: Config): RunRequest {
  try {
    return parseRequest(input, config, faults);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    throw new CliError(error.message, exitCodes.badUsage, error);
  }
}
