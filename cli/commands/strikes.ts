import { Command } from 'commander';
import * as z from 'zod';
import type { UndoEnd, UndoEntry } from '#core/model/undo-entry.ts';
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

const states: Readonly<Record<UndoEntry['state'] | UndoEnd, string>> = {
  reserved: 'nothing has been done to the target yet',
  injecting: 'the fault may be in place',
  active: 'it is in place',
  undoing: 'the undo may have been sent',
  contested: 'somebody else has changed the same thing: it is left alone until somebody accepts that',
  'undo-failed': 'AWS keeps refusing the undo; it is tried again, ever less often',
  undone: 'ended: it is no longer in place',
  gone: 'ended: the target is no more',
  withdrawn: 'ended: nothing had been done',
  accepted: 'ended: somebody has accepted what was contested',
};

const help = `
Lists strikes whose faults last: those that are not undone yet, how each ends if nobody undoes it, and the last that have
ended. Strikes that are done once, such as a termination, are not among them: see ./chaos status.

States:
${Object.entries(states)
  .map(([state, meaning]) => `  ${state.padEnd(13)}${meaning}`)
  .join('\n')}

Exit codes: 0 they are listed; 1 they could not be read; 2 bad usage.

Examples:
  ./chaos strikes                 Active ones, and the last ${shownEnded} that have ended
  ./chaos strikes --active        Only active ones, with the commands that undo them by hand
  ./chaos strikes --active --region eu-west-1 --table TABLE
                                  In an emergency: without configuration and stack
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
