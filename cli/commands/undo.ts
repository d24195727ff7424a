import { Argument, Command } from 'commander';
import * as z from 'zod';
import { newId } from '#aws/new-ids.ts';
import { isOfExperiment } from '#core/model/experiment-slot.ts';
import type { UndoEntry } from '#core/model/undo-entry.ts';
import { unreadableFailures } from '#core/model/unreadable-item.ts';
import type { ExperimentLedger } from '#core/ports/experiment-ledger.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import { isOrderedIn, UndoId, UndoOrder } from '#core/undo/plan-undo.ts';
import { type UndoRound, undoDue } from '#core/undo/undo-due.ts';
import { parse } from '#core/util/parse.ts';
import type { ConfigSummary } from '../config/config-summary.ts';
import { awsErrorMessage } from '../context/aws-error-message.ts';
import type { CliContext } from '../context/cli-context.ts';
import { CliError, exitCodes } from '../context/cli-error.ts';
import { waitForCaller } from '../deployed/caller-identity.ts';
import { displayTimeZone } from '../deployed/display-time-zone.ts';
import { findLedger } from '../deployed/find-ledger.ts';
import { requireMasterAccount } from '../deployed/require-master-account.ts';
import { undoWorld } from '../deployed/undo-world.ts';
import {
  DeploymentOptions,
  deploymentFlags,
  locateDeployment,
  withDeploymentOptions,
} from '../options/deployment-options.ts';
import { jsonOption } from '../options/options.ts';
import { toUsageError } from '../options/request.ts';
import { undoText } from '../render/strikes.ts';
import { printResult } from '../terminal/print-result.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { WaitNotice } from '../terminal/wait-notice.ts';

const UndoOptions = DeploymentOptions.extend({
  all: z.boolean().default(false),
  account: z.string().optional(),
  accept: z.boolean().default(false),
  json: z.boolean().default(false),
}).strict();
type UndoOptions = z.infer<typeof UndoOptions>;

/** AWS may be busy with a target, or take minutes to show what was done to it. */
const patienceMs = 10 * 60_000;

const help = `
Undoes faults now, in this process: with the ledger and the role chaos-janitor alone, without any deployed function. What
AWS is busy with is tried again for ten minutes. Nothing is touched that is not asked for. What somebody else has
changed since is left alone, and the strike is contested: once the target is as it should be, close it with --accept,
and so what AWS refuses to undo.

Exit codes: 0 all that was asked for is undone; 1 something is not, or not yet; 2 bad usage.

Examples:
  ./chaos undo --all                             Everything, everywhere
  ./chaos undo 3f9a1c2b4d5e6f70                  One strike: ./chaos strikes --active lists them
  ./chaos undo --all --region eu-west-1 --table TABLE
                                                 In an emergency: without configuration and stack
`;

export function undoCommand(context: CliContext): Command {
  return withDeploymentOptions(new Command('undo'))
    .addArgument(new Argument('[strikes...]', 'ids of strikes'))
    .option('--all', 'every strike that is not undone yet')
    .option('--account <id>', 'those in this account')
    .option('--accept', 'close strikes as they are: contested, or impossible to undo')
    .addOption(jsonOption('what was done'))
    .addHelpText('after', help)
    .action(async (strikes: readonly string[], given: unknown) =>
      undo(strikes, UndoOptions.parse(given), context),
    );
}

async function undo(strikes: readonly string[], options: UndoOptions, context: CliContext): Promise<void> {
  const { terminal, clock, clients, finish } = context;
  const flags = deploymentFlags(options);
  const order = orderOf(strikes, options, flags);
  const place = await locateDeployment(options, context);
  const caller = await waitForCaller(context, place.region);
  if (place.account !== undefined) requireMasterAccount(caller, place.account);
  const { region } = place;
  const deployed = await findLedger({ region, tableName: options.table }, context);
  const isAsked = (entry: UndoEntry) => isOrderedIn(entry, order);
  const view = { paint: terminal.paint, timeZone: displayTimeZone(deployed, place.config), flags };
  const print = (round: UndoRound, text: string) => printResult(options, round, text, terminal);
  try {
    const open = await deployed.ledger.openUndos();
    requireKnown(strikes, open, flags);
    if (!open.found.some(isAsked)) {
      requireConfigured(options.account, place.config, flags);
      const failures = unreadableFailures('undo', open.unreadable);
      const round = { strikes: [], open: open.found.length + open.unreadable.length, failures };
      print(round, round.open === 0 ? 'No fault is active.' : undoText(round, view));
      if (open.unreadable.length > 0) finish(exitCodes.failed);
      return;
    }
    const master = { account: caller.account, region };
    await noteRunning(open.found.filter(isAsked), deployed.ledger, flags, terminal);
    const world = await undoWorld({ clients, clock, ledger: deployed.ledger, master, flags });
    const deadline = clock.now() + patienceMs;
    const run = { runId: `undo-${newId()}`, deadline, surveyBy: deadline };
    const round = await new WaitNotice(terminal).during('AWS to undo it', undoDue(order, run, world));
    print(round, undoText(round, view));
    // What waits for its run, or what somebody else is at, is in no list of what was done.
    const left = await deployed.ledger.openUndos();
    const isUnknown = left.unreadable.some(({ sk }) => strikes.length === 0 || strikes.includes(sk));
    if (isUnknown || left.found.some(isAsked)) finish(exitCodes.failed);
  } catch (error) {
    throw awsErrorMessage(error, 'undo it');
  }
}

/** An experiment whose fault is taken away under its hands has no verdict: it cannot tell what it measured. */
async function noteRunning(
  asked: readonly UndoEntry[],
  ledger: Pick<ExperimentLedger, 'runningExperiments'>,
  flags: string,
  { note }: Terminal,
): Promise<void> {
  const ids = new Set(asked.filter(isOfExperiment).map(({ runId }) => runId));
  if (ids.size === 0) return;
  // Nothing stands in the way of an undo.
  const { found } = await ledger.runningExperiments().catch(() => ({ found: [] }));
  for (const { id, title, stop } of found) {
    if (!ids.has(id) || stop !== undefined) continue;
    const end = `To end it as well: ./chaos experiment stop ${id}${flags}`;
    note(`This ends a fault of an experiment that is running, and cannot be judged then: ${title}\n  ${end}`);
  }
}

function orderOf(
  strikes: readonly string[],
  { all, account, accept }: UndoOptions,
  flags: string,
): UndoOrder {
  const refuse = (text: string) => new CliError(text, exitCodes.badUsage);
  const asked = [strikes.length > 0, all, account !== undefined].filter(Boolean).length;
  if (asked === 0) throw refuse('Say what to undo: a STRIKE, --account ID or --all.');
  if (asked > 1) throw refuse('Say one of: STRIKE, --account ID, --all.');
  if (accept && strikes.length === 0) {
    throw refuse('--accept needs the STRIKE that is accepted, as somebody has seen to it.');
  }
  const noId = strikes.find((id) => !UndoId.safeParse(id).success);
  if (noId !== undefined) {
    throw refuse(
      `${JSON.stringify(noId)} is not the id of a strike: 16 hex digits. To list them: ./chaos strikes${flags}`,
    );
  }
  try {
    if (strikes.length > 0) return parse(UndoOrder, { strikes, accept }, 'order');
    return parse(UndoOrder, account === undefined ? { all } : { account }, 'order');
  } catch (error) {
    throw toUsageError(error);
  }
}

/** Throws a `CliError` that names strikes which are not open: a typing error must not pass for success. */
function requireKnown(
  strikes: readonly string[],
  { found, unreadable }: Awaited<ReturnType<Ledger['openUndos']>>,
  flags: string,
): void {
  const open = [...found.map(({ id }) => id), ...unreadable.map(({ sk }) => sk)];
  const unknown = strikes.filter((id) => !open.includes(id));
  if (unknown.length === 0) return;
  throw new CliError(
    `No open strike is named ${unknown.join(' or ')}. Those that are open: ./chaos strikes --active${flags}`,
    exitCodes.failed,
  );
}

/** The same for an account in which nothing is active. */
function requireConfigured(
  account: string | undefined,
  config: ConfigSummary | undefined,
  flags: string,
): void {
  if (account === undefined || config?.accounts?.some(({ id }) => id === account) === true) return;
  throw new CliError(
    `No strike is open in account ${account}, which no configuration names. All that are open: ./chaos strikes --active${flags}`,
    exitCodes.failed,
  );
}
