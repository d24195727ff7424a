import { maxReason, oneLine } from '#core/util/format.ts';
import { CliError, exitCodes } from '../context/cli-error.ts';
import type { DeploymentOptions } from './deployment-options.ts';

/** What `chaos stop` was asked, whatever was typed. */
export interface StopRequest {
  readonly reason: string;
  readonly place: DeploymentOptions;
  readonly json: boolean;
  /** What is to be said of how it was understood. */
  readonly remarks: readonly string[];
  /** Options that there are not. */
  readonly unknown: readonly string[];
}

/** What is recorded where nobody says why. */
export const noReason = 'no reason given';

type Given = Readonly<Record<string, unknown>>;

/** Throws a `CliError` for an option without the value that says where: what is elsewhere must not be stopped in its place. */
export function parseStopRequest(words: readonly string[], given: Given): StopRequest {
  const unknown = words.filter((word) => word.startsWith('-'));
  const plain = words.filter((word) => !word.startsWith('-'));
  const all = [given.reason, ...plain].filter((part) => typeof part === 'string').join(' ');
  const reason = oneLine(all, maxReason);
  return {
    reason: reason === '' ? noReason : reason,
    place: {
      region: placeValue('region', given),
      table: placeValue('table', given),
      profile: placeValue('profile', given),
      config: placeValue('config', given),
    },
    json: given.json === true,
    remarks: oneLine(all, all.length) === reason ? [] : [`The reason is cut to ${maxReason} characters.`],
    unknown,
  };
}

function placeValue(name: keyof DeploymentOptions, given: Given): string | undefined {
  const value = given[name];
  if (value === undefined || (typeof value === 'string' && value !== '')) return value;
  throw new CliError(
    `--${name} says where, and needs its value: --${name} ${name.toUpperCase()}`,
    exitCodes.badUsage,
  );
}
