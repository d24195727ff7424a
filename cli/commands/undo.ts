import { Argument, Command } from 'commander';
import * as z from 'zod';
import { newId } from '#aws/new-ids.ts';
import { AccountId } from '#core/model/aws-names.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import type { UndoOrder } from '#core/undo/plan-undo.ts';
import { undoDue } from '#core/undo/undo-due.ts';
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
import { undoText } from '../render/strikes.ts';
import { printResult } from '../terminal/print-result.ts';
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
AWS is busy with is tried again for ten minutes. What somebody else has changed since is left alone, and the strike is
contested: once the target is as it should be, close it with --accept.

Exit codes: 0 undone; 1 something is not; 2 bad usage.

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
    .option('--accept', 'close contested strikes as they are')
    .addOption(jsonOption('what was done'))
    .addHelpText('after', help)
    .action(async (strikes: readonly string[], given: unknown) =>
      undo(strikes, UndoOptions.parse(given), context),
    );
}

async function undo(strikes: readonly string[], options: UndoOptions, context: CliContext): Promise<void> {
  const { terminal, clock, clients, finish } = context;
  const order = orderOf(strikes, options);
  const place = await locateDeployment(options, context);
  const caller = await waitForCaller(context, place.region);
  if (place.account !== undefined) requireMasterAccount(caller, place.account);
  const { region } = place;
  const deployed = await findLedger({ region, tableName: options.table }, context);
  try {
    await requireKnown(strikes, deployed.ledger, deploymentFlags(options));
    const master = { account: caller.account, region };
    const world = await undoWorld({ clients, clock, ledger: deployed.ledger, master });
    const deadline = clock.now() + patienceMs;
    const run = { runId: `undo-${newId()}`, deadline, surveyBy: deadline };
    const round = await new WaitNotice(terminal).during('AWS to undo it', undoDue(order, run, world));
    const timeZone = displayTimeZone(deployed, place.config);
    const view = { paint: terminal.paint, timeZone, flags: deploymentFlags(options) };
    printResult(options, round, undoText(round, view), terminal);
    const isDone = round.failures.length === 0 && round.strikes.every(({ outcome }) => outcome === 'ended');
    if (!isDone) finish(exitCodes.failed);
  } catch (error) {
    throw awsErrorMessage(error, 'undo it');
  }
}

function orderOf(strikes: readonly string[], { all, account, accept }: UndoOptions): UndoOrder {
  if (strikes.length === 0 && !all && account === undefined) {
    throw new CliError('Say what to undo: a STRIKE, --account ID or --all.', exitCodes.badUsage);
  }
  if (account !== undefined && !AccountId.safeParse(account).success) {
    throw new CliError(`--account: expected a 12-digit account id, found ${account}`, exitCodes.badUsage);
  }
  return { all, strikes, accept, ...(account !== undefined && { account }) };
}

/** Throws a `CliError` that names strikes which are not open: a typing error must not pass for success. */
async function requireKnown(
  strikes: readonly string[],
  ledger: Pick<Ledger, 'openUndos'>,
  flags: string,
): Promise<void> {
  if (strikes.length === 0) return;
  const { found, unreadable } = await ledger.openUndos();
  const open = [...found.map(({ id }) => id), ...unreadable.map(({ sk }) => sk)];
  const unknown = strikes.filter((id) => !open.includes(id));
  if (unknown.length === 0) return;
  throw new CliError(
    `No open strike is named ${unknown.join(' or ')}. Those that are open: ./chaos strikes --active${flags}`,
    exitCodes.failed,
  );
}
