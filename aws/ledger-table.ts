import { ConditionalCheckFailedException, type DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** The ledger's table did not do what was asked of it. `cause` is the SDK's own error. */
export class LedgerError extends Error {
  override readonly name = 'LedgerError';
  readonly tableName: string;

  constructor(message: string, tableName: string, cause: unknown) {
    super(message, { cause });
    this.tableName = tableName;
  }
}

export interface LedgerTable {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  /**
   * The answer of a call to the table. Rejects with `LedgerError`, in words that say which table, where, and what helps;
   * a failed condition is the caller's to judge and stays a `ConditionalCheckFailedException`.
   */
  asked<Answer>(call: Promise<Answer>): Promise<Answer>;
}

export function ledgerTable(client: DynamoDBClient, tableName: string): LedgerTable {
  return {
    client,
    tableName,
    asked: async (call) => {
      try {
        return await call;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) throw error;
        throw new LedgerError(wordsFor(error, tableName, await client.config.region()), tableName, error);
      }
    },
  };
}

function wordsFor(error: unknown, tableName: string, region: string): string {
  if (error instanceof Error && error.name === 'ResourceNotFoundException') {
    return `the ledger's table ${tableName} does not exist in ${region} of this account. Create it with: npx cdk deploy`;
  }
  const words = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return `the ledger (table ${tableName} in ${region}) could not be used. ${words}`;
}
