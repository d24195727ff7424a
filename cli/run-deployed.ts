import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import type { Config } from '#core/config.ts';
import { parse } from '#core/parse.ts';
import type { RunReport } from '#core/report.ts';
import { parseReport } from '#core/report-schema.ts';
import type { RunRequestInput } from '#core/request.ts';
import { monkeyName } from '#lib/outputs.ts';
import { awsTrouble } from './shared/aws-trouble.ts';
import { CliError, exitCodes } from './shared/cli-error.ts';
import type { Surroundings } from './shared/surroundings.ts';

/** Longer than any function may run. */
const answerTimeoutMs = 16 * 60_000;

/** What Lambda answers when the function threw. */
const FunctionError = z.looseObject({ errorType: z.string().default('Error'), errorMessage: z.string() });

/** Asks the deployed function for a run. */
export async function runDeployed(
  request: RunRequestInput,
  { master }: Config,
  { terminal }: Surroundings,
): Promise<RunReport> {
  terminal.note(`Asking ${monkeyName} in ${master.region} of account ${master.account} for a run ...`);
  const { FunctionError: failed, Payload } = await invoke(request, master);
  const text = Payload === undefined ? '' : Buffer.from(Payload).toString('utf8');
  if (failed === undefined) return parseReport(jsonOf(text), `answer of ${monkeyName}`);

  const { errorType, errorMessage } = parse(FunctionError, jsonOf(text), `error of ${monkeyName}`);
  if (errorType === 'InvalidInput') throw new CliError(errorMessage, exitCodes.badUsage);
  throw new CliError(
    `${monkeyName} failed. ${errorType}: ${errorMessage}\n` +
      `  See its log: aws logs tail /aws/lambda/${monkeyName} --region ${master.region} --since 1h`,
    exitCodes.failed,
  );
}

async function invoke(request: RunRequestInput, { region, account }: Config['master']) {
  const client = new LambdaClient({
    region,
    // A second try could be a second run.
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: 5_000,
      requestTimeout: answerTimeoutMs,
      throwOnRequestTimeout: true,
    },
  });
  try {
    return await client.send(
      new InvokeCommand({ FunctionName: monkeyName, Payload: Buffer.from(JSON.stringify(request)) }),
    );
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ResourceNotFoundException') {
      throw awsTrouble(error, `ask ${monkeyName} for a run`);
    }
    throw new CliError(
      `There is no function ${monkeyName} in ${region} of the account that your credentials are for.\n` +
        `  Use credentials of the master account ${account}, or deploy it: npx cdk deploy`,
      exitCodes.failed,
      error,
    );
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CliError(`${monkeyName} answered something that is not JSON.`, exitCodes.failed, error);
  }
}
