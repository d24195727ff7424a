import {
  InvokeCommand,
  LambdaClient,
  LambdaServiceException,
  ResourceNotFoundException,
} from '@aws-sdk/client-lambda';
import { expectAws } from '#aws/clients/unexpected-response.ts';
import type { Config } from '#core/config/config.ts';
import type { RunRequestInput } from '#core/config/run-request.ts';
import type { OtherTaskInput } from '#core/config/task.ts';
import { durationText } from '#core/util/format.ts';
import { monkeyName } from '#lib/outputs.ts';
import { checkEnvironment } from '../context/aws-environment.ts';
import { awsErrorMessage, isUnreachable } from '../context/aws-error-message.ts';
import type { CliContext } from '../context/cli-context.ts';
import { CliError, exitCodes } from '../context/cli-error.ts';
import { parseRegion } from '../options/parse-region.ts';
import { withProgress } from '../terminal/progress.ts';
import { waitForCaller } from './caller-identity.ts';
import { functionAnswer } from './function-answer.ts';
import { requireMasterAccount } from './require-master-account.ts';

/** Longer than any Lambda function may run. */
const answerTimeoutMs = 16 * 60_000;

/** A call of the deployed function. */
export interface FunctionCall {
  readonly input: RunRequestInput | OtherTaskInput;
  /** What it asks for: `a run`. */
  readonly what: string;
  /** What the user should know if the answer is lost. */
  readonly lost?: string;
  /** Aborted when nobody waits for the answer anymore. */
  readonly giveUp?: AbortSignal;
}

/** How messages refer to an answer of the function. */
export const answerName = `answer of ${monkeyName}`;

/** Invokes the deployed function without retries, and returns its answer, unchecked. */
export async function askFunction(
  asked: FunctionCall,
  { master }: Pick<Config, 'master'>,
  context: CliContext,
): Promise<unknown> {
  const caller = await waitForCaller(context, master.region, asked.giveUp);
  requireMasterAccount(caller, master.account);
  context.terminal.note(
    `Asking ${monkeyName} in ${master.region} of account ${caller.account} for ${asked.what} ...`,
  );
  const answer = await withProgress(
    invoke(asked, master, context.env),
    (elapsed) => `${monkeyName} has been running for ${durationText(elapsed)}, of at most 5 min`,
    context,
  );
  return functionAnswer(answer, { name: monkeyName, region: master.region });
}

/** The configuration with the region of `--region` as the master's: where the function is, not what it surveys. */
export function withMasterRegion(
  config: Config,
  { region }: { readonly region?: string | undefined },
): Config {
  if (region === undefined) return config;
  return { ...config, master: { ...config.master, region: parseRegion('--region', region) } };
}

async function invoke(
  { input, what, lost, giveUp }: FunctionCall,
  { region, account }: Config['master'],
  env: CliContext['env'],
) {
  checkEnvironment(LambdaClient.name, env);
  const client = new LambdaClient({
    region,
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: 5_000,
      requestTimeout: answerTimeoutMs,
      throwOnRequestTimeout: true,
    },
  });
  client.middlewareStack.use(expectAws());
  try {
    return await client.send(
      new InvokeCommand({ FunctionName: monkeyName, Payload: Buffer.from(JSON.stringify(input)) }),
      giveUp && { abortSignal: giveUp },
    );
  } catch (error) {
    if (!hasNotStarted(error)) {
      const { message } = awsErrorMessage(error, `get the answer of ${monkeyName}`);
      throw new CliError(lost === undefined ? message : `${message}\n  ${lost}`, exitCodes.failed, error);
    }
    if (!(error instanceof ResourceNotFoundException))
      throw awsErrorMessage(error, `ask ${monkeyName} for ${what}`);
    throw new CliError(
      `There is no function ${monkeyName} in ${region} of account ${account}. Deploy it: npx cdk deploy`,
      exitCodes.failed,
      error,
    );
  }
}

/** Whether it is certain that nothing has started: AWS refused the call, or it never left this machine. */
function hasNotStarted(error: unknown): boolean {
  if (!(error instanceof LambdaServiceException)) return isUnreachable(error);
  const { httpStatusCode = 500 } = error.$metadata;
  return httpStatusCode >= 400 && httpStatusCode < 500;
}
