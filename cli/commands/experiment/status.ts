import { Command } from 'commander';
import * as z from 'zod';
import { type UnreadableItem, unreadableText } from '#core/model/unreadable-item.ts';
import { shownRecord } from '#lambdas/chaos-experiment-control/shown-record.ts';
import { awsErrorMessage } from '../../context/aws-error-message.ts';
import type { CliContext } from '../../context/cli-context.ts';
import { CliError, exitCodes } from '../../context/cli-error.ts';
import { tableWaitText } from '../../deployed/find-ledger.ts';
import { type OpenDeployment, openDeployment } from '../../deployed/open-deployment.ts';
import { withRegionHint } from '../../deployed/region-hint.ts';
import { readStanding, type Standing } from '../../deployed/watch-experiment.ts';
import { requireExperimentsPlace } from '../../experiments/deployed-experiments.ts';
import { notOnRecord, requireRunId } from '../../experiments/find-report.ts';
import { overHere, overHereText } from '../../experiments/over-here.ts';
import { DeploymentOptions, withDeploymentOptions } from '../../options/deployment-options.ts';
import { jsonOption } from '../../options/options.ts';
import { standingsText } from '../../render/experiment/standing.ts';
import { printResult } from '../../terminal/print-result.ts';
import { WaitNotice } from '../../terminal/wait-notice.ts';
import { untilSeen } from './until-seen.ts';

const StatusOptions = DeploymentOptions.extend({
  watch: z.boolean().default(false),
  json: z.boolean().default(false),
}).strict();
type StatusOptions = z.infer<typeof StatusOptions>;

const help = `
Of those that run in AWS, or of one: who has started it, where it is and what its probes have seen, what of it is in place,
whether somebody has stopped it, and what it came to. One tells that every 20 seconds. With --watch, this shows one until it
is over. One with --sandbox shows that where it runs.

Exit codes: 0 it was read; 1 it could not be read; 2 bad usage, or no such experiment.
`;

export function statusCommand(context: CliContext): Command {
  return withDeploymentOptions(new Command('status'))
    .description('show the experiments that run in AWS, or one')
    .argument('[id]', 'the id of a run')
    .option('--watch', 'show it until it is over')
    .addOption(jsonOption('how each stands'))
    .addHelpText('after', help)
    .action(async (id: string | undefined, given: unknown) =>
      status(id, StatusOptions.parse(given), context),
    );
}

async function status(id: string | undefined, options: StatusOptions, context: CliContext): Promise<void> {
  const { terminal, clock, clients } = context;
  if (id !== undefined) requireRunId(id);
  else if (options.watch)
    throw new CliError('--watch is for one experiment: add its id.', exitCodes.badUsage);
  const over = id === undefined ? undefined : await overHere(id, context.cwd);
  if (over !== undefined) {
    return printResult(options, [{ ...over, inPlace: [] }], overHereText(over), terminal);
  }
  const deployment = await openDeployment(await requireExperimentsPlace(options, context), options, context);
  const { tableName, region, flags, timeZone } = deployment;
  try {
    const read = await new WaitNotice(terminal).during(
      tableWaitText(tableName, region),
      id === undefined ? readRunning(deployment) : readOne(id, deployment),
    );
    const { standings, unreadable } =
      id !== undefined && options.watch ? await untilOver(id, deployment, context) : read;
    for (const item of unreadable) terminal.note(unreadableText(item, flags));
    const now = clock.now() + (clients.skew.offsetMs() ?? 0);
    const text = standingsText(standings, { paint: terminal.paint, timeZone, flags, now });
    printResult(
      options,
      standings.map(({ record, inPlace }) => ({ ...shownRecord(record), inPlace })),
      text,
      terminal,
    );
  } catch (error) {
    throw withRegionHint(awsErrorMessage(error, 'read the ledger'), region);
  }
}

interface Standings {
  readonly standings: readonly Standing[];
  readonly unreadable: readonly UnreadableItem[];
}

async function readRunning({ ledger }: OpenDeployment): Promise<Standings> {
  const running = await ledger.runningExperiments();
  const undos = await ledger.openUndos();
  const { unreadable } = undos;
  const standings = running.found
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map((record) => ({
      ...{ record, unreadable },
      inPlace: undos.found.filter(({ runId }) => runId === record.id),
    }));
  return { standings, unreadable: [...running.unreadable, ...unreadable] };
}

async function readOne(id: string, { ledger, tableName, flags }: OpenDeployment): Promise<Standings> {
  const standing = await readStanding(id, ledger);
  if (standing === undefined) throw notOnRecord(id, tableName, flags);
  return { standings: [standing], unreadable: standing.unreadable };
}

async function untilOver(id: string, deployment: OpenDeployment, context: CliContext): Promise<Standings> {
  const standing = await untilSeen(id, { watch: true, unseen: exitCodes.failed }, deployment, context);
  return { standings: [standing], unreadable: standing.unreadable };
}
