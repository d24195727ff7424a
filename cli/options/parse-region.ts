import { Region } from '#core/model/aws-names.ts';
import { shellWord } from '#core/util/shell-word.ts';
import { CliError, exitCodes } from '../context/cli-error.ts';

/** Parses a region from an option or an environment variable, `source`. Throws a `CliError` that names the source. */
export function parseRegion(source: string, text: string): Region {
  if (Region.safeParse(text).success) return text;
  const shown = `${source}${source.startsWith('--') ? ' ' : '='}${shellWord(text)}`;
  throw new CliError(`${shown}: expected a region such as eu-west-1`, exitCodes.badUsage);
}
