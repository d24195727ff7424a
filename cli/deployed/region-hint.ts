import { knownRegions } from '#core/config/known-regions.ts';
import { nearest } from '#core/util/nearest.ts';
import { CliError } from '../context/cli-error.ts';

/**
 * The error, with what was most likely meant by a region where nothing was found. Not before: there are regions that are newer than
 * this version.
 */
export function withRegionHint(error: unknown, region: string): unknown {
  if (!(error instanceof CliError) || knownRegions.includes(region)) return error;
  const near = nearest(region, knownRegions);
  const meant = near === undefined ? '' : ` Did you mean ${near}?`;
  return new CliError(
    `${error.message}\n  ${region} is no region that this version knows.${meant}`,
    error.exitCode,
    error,
  );
}
