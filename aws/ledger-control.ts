import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { InvalidInput, parse } from '#core/parse.ts';
import type { Control, Ledger } from '#core/ports.ts';
import { attributeOf, type Item, recordOf } from './ledger-attributes.ts';
import type { LedgerTable } from './ledger-table.ts';

const key: Item = { pk: { S: 'control' }, sk: { S: 'control' } };

/**
 * The secret, the stop and the day whose plan was told, in one item that never expires. It is in no transaction: those would refuse `setStop` just while
 * the monkey is busiest.
 */
export function ledgerControl(
  { client, tableName, asked, get }: LedgerTable,
  newSecret: () => string,
): Pick<Ledger, 'control' | 'setStop' | 'setPlanTold' | 'stop'> {
  return {
    control: async () => {
      // One call: two first runs at the same moment agree on one secret.
      const command = new UpdateItemCommand({
        TableName: tableName,
        Key: key,
        UpdateExpression: 'SET #secret = if_not_exists(#secret, :secret)',
        ExpressionAttributeNames: { '#secret': 'secret' },
        ExpressionAttributeValues: { ':secret': { S: newSecret() } },
        ReturnValues: 'ALL_NEW',
      });
      const { Attributes } = await asked(client.send(command));
      return controlFrom(Attributes);
    },

    setStop: async (stop) => {
      const command = new UpdateItemCommand({
        TableName: tableName,
        Key: key,
        UpdateExpression: stop === undefined ? 'REMOVE #stop' : 'SET #stop = :stop',
        ExpressionAttributeNames: { '#stop': 'stop' },
        ...(stop && { ExpressionAttributeValues: { ':stop': attributeOf(stop) } }),
      });
      await asked(client.send(command));
    },

    setPlanTold: async (day) => {
      const command = new UpdateItemCommand({
        TableName: tableName,
        Key: key,
        UpdateExpression: 'SET #planTold = :day',
        ExpressionAttributeNames: { '#planTold': 'planTold' },
        ExpressionAttributeValues: { ':day': { S: day } },
      });
      await asked(client.send(command));
    },

    // The stop alone, so that people who may read it need no right to the secret.
    stop: async () => controlIn(await get(key, 'stop')).stop,
  };
}

/** The secret is checked by itself, as the usual complaint would show what was found. */
function controlFrom(item: Item | undefined): Control {
  const { secret, ...rest } = item ?? {};
  const { stop, planTold } = controlIn(rest);
  const parsed = Secret.safeParse(secret?.S);
  if (parsed.success) return { secret: parsed.data, stop, planTold };
  throw new InvalidInput('control item in the ledger', [
    { path: 'secret', expected: 'expected 64 hex digits', found: 'something else, not shown here' },
  ]);
}

function controlIn(item: Item | undefined) {
  return parse(ControlItem, recordOf(item ?? {}), 'control item in the ledger');
}

const Secret = z.string().regex(/^[0-9a-f]{64}$/);

const ControlItem = z.strictObject({
  stop: z.strictObject({ reason: z.string(), by: z.string(), at: z.string() }).optional(),
  planTold: z.string().optional(),
});
