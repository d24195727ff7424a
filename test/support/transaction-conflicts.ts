import {
  type AttributeValue,
  TransactionCanceledException,
  type TransactWriteItem,
  type TransactWriteItemsInput,
} from '@aws-sdk/client-dynamodb';
import type { Transport } from '#aws/clients/transport.ts';

/**
 * Cancels a transaction that begins while another is under way on one of its items, as DynamoDB does. The sandbox leaves
 * that out: there, each call happens in one moment. Source: Developer Guide, "Transaction conflict handling in DynamoDB".
 */
export function withTransactionConflicts(transport: Transport): Transport {
  const inFlightNotice = new Set<string>();
  return async (call) => {
    if (call.command !== 'TransactWriteItemsCommand') return transport(call);
    const items = ((call.input as TransactWriteItemsInput).TransactItems ?? []).map(nameOf);
    if (items.some((item) => inFlightNotice.has(item))) {
      throw transactionCanceled(
        items.map((item) => ({ Code: inFlightNotice.has(item) ? 'TransactionConflict' : 'None' })),
      );
    }
    for (const item of items) inFlightNotice.add(item);
    try {
      return await transport(call);
    } finally {
      for (const item of items) inFlightNotice.delete(item);
    }
  };
}

export function transactionCanceled(
  reasons: readonly { readonly Code: string; readonly Item?: Record<string, AttributeValue> }[],
): TransactionCanceledException {
  return new TransactionCanceledException({
    message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map(({ Code }) => Code).join(', ')}]`,
    CancellationReasons: [...reasons],
    $metadata: { httpStatusCode: 400 },
  });
}

function nameOf({ Put, Update, Delete }: TransactWriteItem): string {
  const { pk, sk } = Put?.Item ?? Update?.Key ?? Delete?.Key ?? {};
  return JSON.stringify([pk, sk]);
}
