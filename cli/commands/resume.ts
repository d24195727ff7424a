import { Command } from 'commander';
import * as z from 'zod';
import { attributionText } from '#core/messages/attribution.ts';
import { awsErrorMessage } from '../context/aws-error-message.ts';
import type { CliContext } from '../context/cli-context.ts';
import { changeLedger } from '../deployed/change-ledger.ts';
import { displayTimeZone } from '../deployed/display-time-zone.ts';
import { type DeployedLedger, findLedger, tableWaitText } from '../deployed/find-ledger.ts';
import { withRegionHint } from '../deployed/region-hint.ts';
import { requireMasterCredentials } from '../deployed/require-master-account.ts';
import {
  DeploymentOptions,
  deploymentFlags,
  locateDeployment,
  withDeploymentOptions,
} from '../options/deployment-options.ts';
import { jsonOption } from '../options/options.ts';
import { printResult } from '../terminal/print-result.ts';
import { WaitNotice } from '../terminal/wait-notice.ts';

const ResumeOptions = DeploymentOptions.extend({ json: z.boolean().default(false) }).strict();

export function resumeCommand(context: CliContext): Command {
  return withDeploymentOptions(new Command('resume'))
    .addOption(jsonOption('the lifted stop'))
    .action(async (given: unknown) => resume(ResumeOptions.parse(given), context));
}

async function resume(options: z.infer<typeof ResumeOptions>, context: CliContext): Promise<void> {
  const { terminal } = context;
  const place = await locateDeployment(options, context);
  await requireMasterCredentials(place, context);
  const { region } = place;
  const deployed = await findLedger({ region, tableName: options.table }, context);
  const { ledger, tableName } = deployed;
  try {
    const stop = await new WaitNotice(terminal).during(tableWaitText(tableName, region), ledger.stop());
    if (stop !== undefined) {
      const see = `./chaos status${deploymentFlags(options)}`;
      const change = { doing: 'lift the stop', done: 'the stop was lifted', see };
      await changeLedger(change, () => ledger.setStop(undefined), deployed.sent, context);
    }
    printResult(
      options,
      { stopped: false, table: tableName, region, lifted: stop ?? null },
      stop === undefined
        ? 'No stop was set. Nothing changed.'
        : `Lifted: ${attributionText(stop, displayTimeZone(deployed, place.config))}\n${afterward(deployed)}`,
      terminal,
    );
  } catch (error) {
    throw withRegionHint(awsErrorMessage(error, 'lift the stop'), region);
  }
}

/** What happens next, according to the deployed configuration, if that is known. */
function afterward({ configuration }: Pick<DeployedLedger, 'configuration'>): string {
  return configuration?.leashed === true
    ? 'It is leashed: nothing will be struck.'
    : 'The next run may strike again.';
}
