import {
  InvokeCommand,
  LambdaClient,
  LambdaServiceException,
  ResourceNotFoundException,
} from '@aws-sdk/client-lambda';
import * as z from 'zod';
import type { Config } from '#core/config.ts';
import { parse } from '#core/parse.ts';
import type { RunReport } from '#core/report.ts';
import { parseReport } from '#core/report-schema.ts';
import type { RunRequestInput } from '#core/request.ts';
import { monkeyName } from '#lib/outputs.ts';
import { awsTrouble, isUnreachable } from './shared/aws-trouble.ts';
import { whoCalls } from './shared/caller.ts';
import { CliError, exitCodes } from './shared/cli-error.ts';
import { mustBeMaster } from './shared/master-account.ts';
import type { Surroundings } from './shared/surroundings.ts';

/** Longer than any function may run. */
const answerTimeoutMs = 16 * 60_000;

/** What Lambda answers when the function threw. */
const FunctionError = z.looseObject({ errorType: z.string().default('Error'), errorMessage: z.string() });

/** Asks the deployed function for a run: once, as asking again would be a run of its own, which strikes again. */
export async function runDeployed(
  request: RunRequestInput,
  { master }: Config,
  surroundings: Surroundings,
): Promise<RunReport> {
  const caller = await whoCalls(surroundings, master.region);
  mustBeMaster(caller, master.account);
  surroundings.terminal.note(
    `Asking ${monkeyName} in ${master.region} of account ${caller.account} for a run ...`,
  );
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
    if (!hasNotBegun(error)) {
      const { message } = awsTrouble(error, `get the answer of ${monkeyName}`);
      throw new CliError(
        `${message}\n  The run may be under way: npx chaos status. To ask again would be a second run.`,
        exitCodes.failed,
        error,
      );
    }
    if (!(error instanceof ResourceNotFoundException)) throw awsTrouble(error, `ask ${monkeyName} for a run`);
    throw new CliError(
      `There is no function ${monkeyName} in ${region} of account ${account}. Deploy it: npx cdk deploy`,
      exitCodes.failed,
      error,
    );
  }
}

/** Whether it is certain that there is no run: AWS refused the call, or it has not left this machine. */
function hasNotBegun(error: unknown): boolean {
  if (!(error instanceof LambdaServiceException)) return isUnreachable(error);
  const { httpStatusCode = 500 } = error.$metadata;
  return httpStatusCode >= 400 && httpStatusCode < 500;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CliError(`${monkeyName} answered something that is not JSON.`, exitCodes.failed, error);
  }
}
