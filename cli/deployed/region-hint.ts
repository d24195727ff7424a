import { knownRegions } from '#core/config/known-regions.ts';
import { nearest } from '#core/util/nearest.ts';
import { CliError } from '../context/cli-error.ts';

/**
 * Adds a suggestion to the error if the region is unknown. Only after a failure: a region may be newer than this version.
 */
export function withRegionHint(error: unknown, region: string): unknown {
  if (!(error instanceof CliError) || knownRegions.includes(region)) return error;
  const near = nearest(region, knownRegions);
  const meant = near === undefined ? '' : ` Did you mean ${near}?`;
  return new CliError(
    `${error.message}\n  This version does not know the region ${region}.${meant}`,
    error.exitCode,
    error,
  );
}
