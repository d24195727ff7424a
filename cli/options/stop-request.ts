import { maxReason, oneLine } from '#core/util/format.ts';
import { CliError, exitCodes } from '../context/cli-error.ts';
import type { DeploymentOptions } from './deployment-options.ts';

/** What `chaos stop` is asked to do, whatever was typed. */
export interface StopRequest {
  readonly reason: string;
  readonly place: DeploymentOptions;
  readonly json: boolean;
  /** Notes about how the input was understood. */
  readonly remarks: readonly string[];
  /** Unknown options. */
  readonly unknown: readonly string[];
}

/** Recorded if no reason is given. */
const noReason = 'no reason given';

type Given = Readonly<Record<string, unknown>>;

/** Throws a `CliError` if an option that locates the deployment lacks its value: the wrong deployment must not be stopped. */
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
    remarks:
      oneLine(all, all.length) === reason ? [] : [`The reason was truncated to ${maxReason} characters.`],
    unknown,
  };
}

function placeValue(name: keyof DeploymentOptions, given: Given): string | undefined {
  const value = given[name];
  if (value === undefined || (typeof value === 'string' && value !== '')) return value;
  throw new CliError(`--${name} needs a value: --${name} ${name.toUpperCase()}`, exitCodes.badUsage);
}
