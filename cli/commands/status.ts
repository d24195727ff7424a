import { Command } from 'commander';
import * as z from 'zod';
import { unreadableText } from '#core/model/unreadable-item.ts';
import { version } from '#core/util/version.ts';
import { shownRecord } from '#lambdas/chaos-experiment-control/shown-record.ts';
import { awsErrorMessage } from '../context/aws-error-message.ts';
import type { CliContext } from '../context/cli-context.ts';
import { displayTimeZone } from '../deployed/display-time-zone.ts';
import { findLedger, tableWaitText } from '../deployed/find-ledger.ts';
import { withRegionHint } from '../deployed/region-hint.ts';
import { requireMasterCredentials } from '../deployed/require-master-account.ts';
import {
  DeploymentOptions,
  deploymentFlags,
  locateDeployment,
  withDeploymentOptions,
} from '../options/deployment-options.ts';
import { jsonOption } from '../options/options.ts';
import { openStrike, type Status, statusText } from '../render/status.ts';
import { printResult } from '../terminal/print-result.ts';
import { WaitNotice } from '../terminal/wait-notice.ts';

const StatusOptions = DeploymentOptions.extend({ json: z.boolean().default(false) }).strict();

const shownRuns = 5;

const notAsked = 'with --table, the stack is not read';
const olderStack =
  'the stack was deployed by a version that did not publish it. Deploy it again: npx cdk deploy';

const help = `
The configuration shown is the deployed one, as the stack describes it, not the local file. With --table, the stack is
not read.
`;

export function statusCommand(context: CliContext): Command {
  return withDeploymentOptions(new Command('status'))
    .addHelpText('after', help)
    .addOption(jsonOption('the status'))
    .action(async (given: unknown) => status(StatusOptions.parse(given), context));
}

async function status(options: z.infer<typeof StatusOptions>, context: CliContext): Promise<void> {
  const { terminal, clock } = context;
  const place = await locateDeployment(options, context);
  await requireMasterCredentials(place, context);
  const { region } = place;
  const deployed = await findLedger({ region, tableName: options.table }, context);
  const { ledger, tableName, configuration } = deployed;
  const now = clock.now();
  try {
    const flags = deploymentFlags(options);
    const [stop, runs, open, held, running] = await new WaitNotice(terminal).during(
      tableWaitText(tableName, region),
      Promise.all([
        ledger.stop(),
        ledger.recentRuns(shownRuns),
        ledger.openStrikes(),
        ledger.heldGroups(now),
        ledger.runningExperiments(),
      ]),
    );
    for (const item of [...open.unreadable, ...runs.unreadable, ...running.unreadable]) {
      terminal.note(unreadableText(item, flags));
    }
    const found: Status = {
      region,
      table: tableName,
      version: { here: version, deployed: configuration?.version ?? null },
      stop: stop ?? null,
      leashed: configuration?.leashed ?? null,
      configuration: configuration ?? null,
      held,
      open: open.found.map((strike) => openStrike(strike, now)),
      experiments: running.found.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map(shownRecord),
      runs: runs.found,
    };
    const view = {
      paint: terminal.paint,
      timeZone: displayTimeZone(deployed, place.config),
      flags,
      unknown: options.table === undefined ? olderStack : notAsked,
    };
    printResult(options, found, statusText(found, view), terminal);
  } catch (error) {
    throw withRegionHint(awsErrorMessage(error, 'read the ledger'), region);
  }
}
