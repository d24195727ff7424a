import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { InvalidInput, parse } from '#core/parse.ts';
import type { Control, Ledger, Stop } from '#core/ports.ts';
import { attributeOf, type Item, recordOf } from './ledger-attributes.ts';
import type { LedgerTable } from './ledger-table.ts';

const key: Item = { pk: { S: 'control' }, sk: { S: 'control' } };

/**
 * The secret and the stop, in one item that never expires. It is in no transaction: those would refuse `setStop` just while
 * the monkey is busiest.
 */
export function ledgerControl(
  { client, tableName, asked, get }: LedgerTable,
  newSecret: () => string,
): Pick<Ledger, 'control' | 'setStop' | 'stop'> {
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

    // The stop alone, so that people who may read it need no right to the secret.
    stop: async () => stopFrom(await get(key, 'stop')),
  };
}

/** The secret is checked by itself, as the usual complaint would show what was found. */
function controlFrom(item: Item | undefined): Control {
  const { secret, ...rest } = item ?? {};
  const stop = stopFrom(rest);
  const parsed = Secret.safeParse(secret?.S);
  if (parsed.success) return { secret: parsed.data, stop };
  throw new InvalidInput('control item in the ledger', [
    { path: 'secret', expected: 'expected 64 hex digits', found: 'something else, not shown here' },
  ]);
}

function stopFrom(item: Item | undefined): Stop | undefined {
  return parse(StopItem, recordOf(item ?? {}), 'control item in the ledger').stop;
}

const Secret = z.string().regex(/^[0-9a-f]{64}$/);

const StopItem = z.strictObject({
  stop: z.strictObject({ reason: z.string(), by: z.string(), at: z.string() }).optional(),
});
