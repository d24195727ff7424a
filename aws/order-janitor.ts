import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { UndoOrder } from '#core/undo/plan-undo.ts';

/** Has the janitor begin a round, and does not wait for its end. */
export async function orderJanitor(
  client: LambdaClient,
  functionName: string,
  order: UndoOrder,
): Promise<void> {
  const Payload = Buffer.from(JSON.stringify(order));
  await client.send(new InvokeCommand({ FunctionName: functionName, InvocationType: 'Event', Payload }));
}
