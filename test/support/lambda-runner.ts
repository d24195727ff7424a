import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
import { endOf, type Invocation, type Outcome } from './lambda-protocol.ts';

/**
 * As much of Lambda's Node runtime as a handler sees: loads the module that `_HANDLER` names from `LAMBDA_TASK_ROOT`, calls it
 * for one event after another and answers with its result as JSON, or with its error. Started by `lambda-container.ts`.
 */
type Handler = (event: unknown, context: object) => Promise<unknown>;

const { LAMBDA_TASK_ROOT: root = '', _HANDLER: name = '', ...environment } = process.env;
const [file = '', exported = ''] = name.split('.');
const module: Record<string, Handler | undefined> = await import(
  pathToFileURL(join(root, `${file}.mjs`)).href
);
const handler = module[exported];
if (handler === undefined) throw new Error(`${file}.mjs exports no ${exported}`);

process.on('message', async (invocation: Invocation) => {
  const outcome = await invoke(handler, invocation);
  for (const stream of [process.stdout, process.stderr]) stream.write(`${endOf(invocation.requestId)}\n`);
  process.send?.(outcome);
});
process.send?.('ready');

async function invoke(handler: Handler, { requestId, event, timeoutMs }: Invocation): Promise<Outcome> {
  const deadline = Date.now() + timeoutMs;
  try {
    const result = await handler(event, {
      awsRequestId: requestId,
      functionName: environment.AWS_LAMBDA_FUNCTION_NAME,
      getRemainingTimeInMillis: () => deadline - Date.now(),
    });
    return { payload: JSON.stringify(result ?? null) };
  } catch (error) {
    // The runtime logs an error with all its properties: what must not leak must not be among them.
    process.stdout.write(`Invoke Error ${inspect(error, { depth: null })}\n`);
    const { name: errorType, message: errorMessage } =
      error instanceof Error ? error : new Error(String(error));
    return { error: { errorType, errorMessage } };
  }
}
