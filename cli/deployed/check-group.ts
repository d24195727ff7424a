import { nearest } from '#core/util/nearest.ts';
import { shellWord } from '#core/util/shell-word.ts';
import type { ConfigSummary } from '../config/config-summary.ts';
import type { CliContext } from '../context/cli-context.ts';
import { CliError, exitCodes } from '../context/cli-error.ts';
import {
  type DeploymentLocation,
  type DeploymentOptions,
  deploymentFlags,
} from '../options/deployment-options.ts';
import type { DeployedGroupRecord } from './read-group-record.ts';

/** So many runs are searched for a group that is not on record. */
const searchedRuns = 5;

/**
 * Throws a `CliError` for the key of a group in an account or region that the configuration does not have: what is set there
 * holds for nothing. Says so where it could not be checked, and holds nobody up.
 */
export function requireConfigured(
  group: string,
  { config }: Pick<DeploymentLocation, 'config'>,
  { terminal }: Pick<CliContext, 'terminal'>,
): void {
  if (config?.accounts === undefined) {
    const why = config === undefined ? 'it was not read' : 'its accounts cannot be read';
    terminal.note(`Not checked whether the configuration has this account and region: ${why}.`);
    return;
  }
  const mistake = outsideOf(group, config.accounts);
  if (mistake !== undefined) throw new CliError(mistake, exitCodes.badUsage);
}

function outsideOf(group: string, accounts: NonNullable<ConfigSummary['accounts']>): string | undefined {
  const [account = '', region = ''] = group.split('/');
  const found = accounts.find(({ id }) => id === account);
  if (found === undefined) {
    const ids = accounts.map(({ id }) => id);
    return `The configuration has no account ${account}. ${suggestion(account, ids)}`;
  }
  if (found.regions.includes(region)) return undefined;
  return `The configuration has no region ${region} in account ${account}. ${suggestion(region, found.regions)}`;
}

function suggestion(name: string, names: readonly string[]): string {
  const near = nearest(name, names);
  if (near !== undefined) return `Did you mean ${near}?`;
  const shown = names.slice(0, 10).join(', ');
  return `It has: ${shown}${names.length > 10 ? ', ...' : ''}.`;
}

/** Warns about a group that neither the record nor the last runs know: it may be mistyped, or not have opted in. */
export async function warnIfNeverSeen(
  group: string,
  { ledger, record }: DeployedGroupRecord,
  { region, profile, config }: DeploymentOptions,
  { terminal }: CliContext,
): Promise<void> {
  if (record.version > 0) return;
  const runs = await ledger.recentRuns(searchedRuns).catch(() => ({ found: [] }));
  const seen = new Set(runs.found.flatMap(({ decisions }) => decisions.map((decision) => decision.group)));
  if (seen.has(group)) return;
  const near = nearest(group, seen);
  // It asks the function, and takes no table.
  const flags = deploymentFlags({ region, profile, config });
  terminal.note(
    `WARNING: ${group} is not on record, and not in the last ${searchedRuns} runs. If it is mistyped, this holds for nothing.\n` +
      `  ${near === undefined ? '' : `Did you mean ${near}? `}Is it there? ./chaos explain ${shellWord(group)}${flags}`,
  );
}
