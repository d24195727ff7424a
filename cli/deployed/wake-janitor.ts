import { LambdaClient } from '@aws-sdk/client-lambda';
import { orderJanitor } from '#aws/order-janitor.ts';
import type { Region } from '#core/model/aws-names.ts';
import type { UndoOrder } from '#core/undo/plan-undo.ts';
import { codeOf } from '#core/util/error-text.ts';
import { janitorName } from '#lib/outputs.ts';
import type { CliContext } from '../context/cli-context.ts';

/** The stop is set: what this adds is worth no long wait. */
const patienceMs = 5_000;

/**
 * Starts a round of the janitor that undoes what is ordered, and does not wait for its end. Resolves to false where nothing that
 * lasts is deployed. Throws what the SDK throws: the janitor's next round, within a minute, finds the stop all the same.
 */
export async function wakeJanitor(
  order: UndoOrder,
  region: Region,
  { clients }: Pick<CliContext, 'clients'>,
): Promise<boolean> {
  try {
    await orderJanitor(clients(LambdaClient, { region, patienceMs }), janitorName, order);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ResourceNotFoundException') return false;
    throw error;
  }
}
