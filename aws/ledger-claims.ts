import { randomUUID } from 'node:crypto';
import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Claim, Clock, Ledger, Stop, StrikeRecord } from '#core/ports.ts';
import { claimItem, claimKey, standingClaim } from './ledger-records.ts';
import { LedgerError, type LedgerTable } from './ledger-table.ts';

/**
 * A claim is put where none stands, and then the stop is read: two calls and no transaction. Whoever is told `claimed` has
 * seen, after the claim stood, that there was no stop; so once a stop has been set nobody is told so any more, and a
 * transaction could promise nothing beyond that. But it would hold the control item: the claims of one run, all made at the
 * same moment, would cancel each other, and `setStop` would be refused just while the monkey is busiest.
 * Source: "Amazon DynamoDB Transactions: How it works", Transaction conflict handling.
 */
export function ledgerClaims(
  { client, tableName, asked }: LedgerTable,
  clock: Clock,
  readStop: () => Promise<Stop | undefined>,
): Pick<Ledger, 'claim' | 'recordStrike'> {
  return {
    claim: async (claim) => {
      const token = randomUUID();
      const standing = await put(claim, token);
      if ((await readStop()) !== undefined) {
        if (standing === undefined) await withdraw(claim, token);
        return { status: 'stopped' };
      }
      return standing === undefined ? { status: 'claimed' } : { status: 'taken', standing };
    },

    recordStrike: async (record) => {
      const { runId, slot, group, outcome, detail } = record;
      const update = new UpdateItemCommand({
        TableName: tableName,
        Key: claimKey(record),
        ConditionExpression: '#runId = :runId',
        UpdateExpression: 'SET #outcome = :outcome, #detail = :detail',
        ExpressionAttributeNames: { '#runId': 'runId', '#outcome': 'outcome', '#detail': 'detail' },
        ExpressionAttributeValues: {
          ':runId': { S: runId },
          ':outcome': { S: outcome },
          ':detail': { S: detail },
        },
      });
      const refusal = await refusalOf(asked(client.send(update)));
      if (refusal === undefined) return;
      throw new LedgerError(
        `no claim of run ${runId} stands for ${group} in slot ${slot}`,
        tableName,
        refusal,
      );
    },
  };

  /** The claim that stands in the way; undefined if ours stands now. */
  async function put(claim: Claim, token: string): Promise<Claim | StrikeRecord | undefined> {
    const command = new PutItemCommand({
      TableName: tableName,
      Item: claimItem(claim, token, clock.now()),
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    const refusal = await refusalOf(asked(client.send(command)));
    if (refusal === undefined) return undefined;
    const { standing, isOurs } = standingClaim(refusal.Item, token);
    // The SDK repeats a call whose answer was lost: then the claim that stands is the one the first try made.
    return isOurs ? undefined : standing;
  }

  /** A claim that no strike follows would read like a strike whose outcome is unknown. */
  async function withdraw(claim: Claim, token: string): Promise<void> {
    const command = new DeleteItemCommand({
      TableName: tableName,
      Key: claimKey(claim),
      // A repeated call must not delete what somebody else has claimed since.
      ConditionExpression: '#token = :token',
      ExpressionAttributeNames: { '#token': 'token' },
      ExpressionAttributeValues: { ':token': { S: token } },
    });
    await refusalOf(asked(client.send(command)));
  }
}

/** The failed condition of a call; undefined if it went through. */
async function refusalOf(call: Promise<unknown>): Promise<ConditionalCheckFailedException | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return error;
    throw error;
  }
}
