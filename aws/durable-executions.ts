import {
  InvokeCommand,
  type LambdaClient,
  SendDurableExecutionCallbackSuccessCommand,
} from '@aws-sdk/client-lambda';
import { codeOf } from '#core/util/error-text.ts';

/**
 * Starts an execution, and does not wait for it. A name is started once: doing so again changes nothing about what is under way, or was.
 * `alias`: executions cannot be started without one.
 */
export async function startExecution(
  client: LambdaClient,
  what: { readonly functionName: string; readonly alias: string; readonly name: string; readonly input: object },
): Promise<void> {
  const { functionName: FunctionName, alias: Qualifier, name: DurableExecutionName, input } = what;
  const Payload = Buffer.from(JSON.stringify(input));
  const started = { FunctionName, Qualifier, DurableExecutionName, Payload };
  try {
    await client.send(new InvokeCommand({ ...started, InvocationType: 'Event' }));
  } catch (error) {
    // With another input.
    if (codeOf(error) !== 'DurableExecutionAlreadyStartedException') throw error;
  }
}

/** Wakes an execution from a pause, by the id of its callback. False if it waits for that no more. */
export async function wakeExecution(client: LambdaClient, callback: string): Promise<boolean> {
  try {
    await client.send(new SendDurableExecutionCallbackSuccessCommand({ CallbackId: callback }));
    return true;
  } catch (error) {
    if (over.has(codeOf(error))) return false;
    throw error;
  }
}

/** Its time is up, or somebody else has called it. */
const over: ReadonlySet<string> = new Set(['CallbackTimeoutException', 'ResourceNotFoundException']);
