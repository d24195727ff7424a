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

/** How many runs are searched for a group without a record. */
const searchedRuns = 5;

/**
 * Throws a `CliError` if the group's account or region is not in the configuration: a veto or leash there would have no effect. If that
 * cannot be checked, prints a note and goes on.
 */
export function requireConfigured(
  group: string,
  { config }: Pick<DeploymentLocation, 'config'>,
  { terminal }: Pick<CliContext, 'terminal'>,
): void {
  if (config?.accounts === undefined) {
    const why = config === undefined ? 'it was not read' : 'its accounts cannot be read';
    terminal.note(`Could not check whether the configuration has this account and region: ${why}.`);
    return;
  }
  const mistake = findMistake(group, config.accounts);
  if (mistake !== undefined) throw new CliError(mistake, exitCodes.badUsage);
}

function findMistake(group: string, accounts: NonNullable<ConfigSummary['accounts']>): string | undefined {
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

/** Warns about a group that is in neither the ledger nor the last runs: it may be mistyped, or not have opted in. */
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
  // `explain` calls the function, and has no option --table.
  const flags = deploymentFlags({ region, profile, config });
  terminal.note(
    `WARNING: ${group} is neither in the ledger nor in the last ${searchedRuns} runs. If it is mistyped, this has no effect.\n` +
      `  ${near === undefined ? '' : `Did you mean ${near}? `}Check that it exists: ./chaos explain ${shellWord(group)}${flags}`,
  );
}
