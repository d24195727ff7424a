import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Argument, Command } from 'commander';
import * as z from 'zod';
import { checkLedger } from '#aws/ledger/check/check-ledger.ts';
import { ledgerTable } from '#aws/ledger/table.ts';
import { awsErrorMessage } from '../context/aws-error-message.ts';
import type { CliContext } from '../context/cli-context.ts';
import { exitCodes } from '../context/cli-error.ts';
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
import { ledgerCheckText } from '../render/ledger-check.ts';
import { printResult } from '../terminal/print-result.ts';
import { WaitNotice } from '../terminal/wait-notice.ts';

const LedgerOptions = DeploymentOptions.extend({ json: z.boolean().default(false) }).strict();

const help = `
Lists each item that is unreadable or inconsistent with others, what it affects, and the commands that repair it. The
check itself changes nothing. It reads the whole table except recordings, which requires dynamodb:Scan and GetItem.
Exit code 1 if there are any problems, or if the table is not a ledger.
`;

export function ledgerCommand(context: CliContext): Command {
  return withDeploymentOptions(new Command('ledger'))
    .addArgument(new Argument('<what>', 'what to do with the ledger').choices(['check']))
    .addHelpText('after', help)
    .addOption(jsonOption('the problems'))
    .action(async (_what: string, given: unknown) => check(LedgerOptions.parse(given), context));
}

async function check(options: z.infer<typeof LedgerOptions>, context: CliContext): Promise<void> {
  const { terminal, clock, clients, finish } = context;
  const place = await locateDeployment(options, context);
  await requireMasterCredentials(place, context);
  const { region } = place;
  const { tableName: table } = await findLedger({ region, tableName: options.table }, context);
  const client = clients(DynamoDBClient, { region });
  try {
    const checked = checkLedger(ledgerTable(client, table), clock.now());
    const found = {
      region,
      table,
      ...(await new WaitNotice(terminal).during(tableWaitText(table, region), checked)),
    };
    const text = ledgerCheckText(found, terminal.paint, deploymentFlags(options));
    printResult(options, found, text, terminal);
    if (found.problems.length > 0) finish(exitCodes.failed);
  } catch (error) {
    throw withRegionHint(awsErrorMessage(error, 'check the ledger'), region);
  }
}
