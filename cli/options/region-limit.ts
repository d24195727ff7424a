import { CliError, exitCodes } from '../context/cli-error.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { isGroupKey } from './group-key.ts';

/** The options of `run` that limit its regions. */
export interface LimitOptions {
  readonly region?: string | undefined;
  readonly onlyRegion?: string[] | undefined;
  readonly group?: readonly string[] | undefined;
  readonly here: boolean;
  readonly sandbox: boolean;
  readonly unleash: boolean;
}

/**
 * The regions that a run is limited to; undefined for all. In the aws CLI, `--region` names where something is; here, where the monkey
 * is deployed. A user who means one must not get the other, least of all in a live run.
 */
export function resolveRegionLimit(
  { region, onlyRegion, group, here, sandbox, unleash }: LimitOptions,
  terminal: Pick<Terminal, 'note'>,
): string[] | undefined {
  if (region === undefined) return onlyRegion;
  if (here || sandbox) {
    if (onlyRegion === undefined) return [region];
    throw new CliError(
      `With ${here ? '--here' : '--sandbox'}, --region is the same as --only-region: pass only one of them.`,
      exitCodes.badUsage,
    );
  }
  if (onlyRegion !== undefined || group?.every(isGroupKey) === true) return onlyRegion;
  if (unleash) {
    throw new CliError(
      `${regionNotLimitText(region)} To strike only there: --only-region ${region}`,
      exitCodes.badUsage,
    );
  }
  terminal.note(`${regionNotLimitText(region)} To limit the run: --only-region ${region}`);
  return undefined;
}

/** For cases in which the user may have meant `--only-region`. */
export function regionNotLimitText(region: string): string {
  return `--region ${region} names the region of the deployed monkey. It does not limit which regions are surveyed.`;
}
