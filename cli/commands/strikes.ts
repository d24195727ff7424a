import { Command } from 'commander';
import * as z from 'zod';
import { unreadableText } from '#core/model/unreadable-item.ts';
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
import { type Strikes, strikesText } from '../render/strikes.ts';
import { printResult } from '../terminal/print-result.ts';
import { WaitNotice } from '../terminal/wait-notice.ts';

const StrikesOptions = DeploymentOptions.extend({
  active: z.boolean().default(false),
  json: z.boolean().default(false),
}).strict();

const shownEnded = 20;

const help = `
Lists strikes whose faults last: those that are not undone yet, how each ends if nobody undoes it, and the last that have
ended. Strikes that are done once, such as a termination, are not among them: see ./chaos status.
`;

export function strikesCommand(context: CliContext): Command {
  return withDeploymentOptions(new Command('strikes'))
    .option('--active', 'only those that are not undone yet')
    .addOption(jsonOption('the strikes'))
    .addHelpText('after', help)
    .action(async (given: unknown) => strikes(StrikesOptions.parse(given), context));
}

async function strikes(options: z.infer<typeof StrikesOptions>, context: CliContext): Promise<void> {
  const { terminal } = context;
  const place = await locateDeployment(options, context);
  await requireMasterCredentials(place, context);
  const { region } = place;
  const deployed = await findLedger({ region, tableName: options.table }, context);
  const { ledger, tableName } = deployed;
  try {
    const [open, ended] = await new WaitNotice(terminal).during(
      tableWaitText(tableName, region),
      Promise.all([ledger.openUndos(), options.active ? undefined : ledger.endedUndos(shownEnded)]),
    );
    const flags = deploymentFlags(options);
    for (const item of [...open.unreadable, ...(ended?.unreadable ?? [])]) {
      terminal.note(unreadableText(item, flags));
    }
    const found: Strikes = {
      active: open.found.toSorted((a, b) => a.deadline.localeCompare(b.deadline)),
      ended: ended?.found,
    };
    const timeZone = displayTimeZone(deployed, place.config);
    printResult(options, found, strikesText(found, { paint: terminal.paint, timeZone, flags }), terminal);
  } catch (error) {
    throw withRegionHint(awsErrorMessage(error, 'read the ledger'), region);
  }
}
