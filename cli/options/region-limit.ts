import { CliError, exitCodes } from '../context/cli-error.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { isGroupKey } from './group-key.ts';

/** Of the options of `run`, those that it goes by. */
export interface LimitOptions {
  readonly region?: string | undefined;
  readonly onlyRegion?: string[] | undefined;
  readonly group?: readonly string[] | undefined;
  readonly here: boolean;
  readonly sandbox: boolean;
  readonly unleash: boolean;
}

/**
 * The regions that a run is limited to; undefined: all. To the aws CLI `--region` says where something is, and to us where the
 * deployed monkey is: whoever meant the one must not get the other, least of all in a live run.
 */
export function resolveRegionLimit(
  { region, onlyRegion, group, here, sandbox, unleash }: LimitOptions,
  terminal: Pick<Terminal, 'note'>,
): string[] | undefined {
  if (region === undefined) return onlyRegion;
  if (here || sandbox) {
    if (onlyRegion === undefined) return [region];
    throw new CliError(
      `With ${here ? '--here' : '--sandbox'}, --region is the same as --only-region: give one of them.`,
      exitCodes.badUsage,
    );
  }
  if (onlyRegion !== undefined || group?.every(isGroupKey) === true) return onlyRegion;
  if (unleash) {
    throw new CliError(
      `${regionNotLimitText(region)} Say what may be struck: --only-region ${region}`,
      exitCodes.badUsage,
    );
  }
  terminal.note(`${regionNotLimitText(region)} To limit it: --only-region ${region}`);
  return undefined;
}

/** Said where `--region` may have been meant otherwise. */
export function regionNotLimitText(region: string): string {
  return `--region ${region} says where the monkey is deployed, and does not limit where it looks.`;
}
