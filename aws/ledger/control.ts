import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { type ControlRecord, Stop } from '#core/model/control-record.ts';
import { type UnreadableItem, UnreadableItemError, unreadableText } from '#core/model/unreadable-item.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import { type Item, toItem } from './attributes.ts';
import { buildExpressions } from './build-expressions.ts';
import { readItem } from './read.ts';
import { stampUpdate } from './schema-version.ts';
import type { LedgerTable } from './table.ts';

export const controlKey = toItem({ pk: 'control', sk: 'control' });

/**
 * The secret, the stop, and the day whose plan was announced, in one item that never expires. No transaction contains it: a transaction
 * in progress would refuse `setStop`, just when the monkey is busiest.
 */
export function ledgerControl(
  { client, tableName, orLedgerError, get }: LedgerTable,
  newSecret: () => string,
): Pick<Ledger, 'control' | 'setStop' | 'setPlanAnnounced' | 'stop'> {
  /** `ALL_NEW` returns the secret, which a caller that sets a stop must not get. */
  const update = async (UpdateExpression: string, values: object, ReturnValues?: 'ALL_NEW') => {
    const command = new UpdateItemCommand({
      TableName: tableName,
      Key: controlKey,
      ...stampUpdate(buildExpressions({ UpdateExpression }, toItem(values))),
      ...(ReturnValues && { ReturnValues }),
    });
    return (await orLedgerError(client.send(command))).Attributes ?? {};
  };
  return {
    control: async () => {
      // A single call, so that two first runs at the same moment agree on one secret.
      const UpdateExpression = 'SET #secret = if_not_exists(#secret, :secret)';
      return parseControl(await update(UpdateExpression, { secret: newSecret() }, 'ALL_NEW'), tableName);
    },

    setStop: async (stop) => {
      await update(stop === undefined ? 'REMOVE #stop' : 'SET #stop = :stop', { stop });
    },

    setPlanAnnounced: async (planAnnounced) => {
      await update('SET #planAnnounced = :planAnnounced', { planAnnounced });
    },

    // Only this attribute, so that people can be allowed to read the stop but not the secret.
    stop: async () => parseControlWithoutSecret((await get(controlKey, 'stop')) ?? {}, tableName).stop,
  };
}

function parseControl({ secret, ...rest }: Item, tableName: string): ControlRecord {
  const parsed = Secret.safeParse(secret?.S);
  if (!parsed.success) throw new UnreadableItemError(badSecret(tableName));
  return { secret: parsed.data, ...parseControlWithoutSecret(rest, tableName) };
}

/** An unreadable stop counts as a stop, as somebody wanted one. It is lifted like any other. */
export function parseControlWithoutSecret(item: Item, tableName: string): Omit<ControlRecord, 'secret'> {
  const planAnnounced = item.planAnnounced?.S;
  if (item.stop === undefined) return { stop: undefined, planAnnounced, unreadable: [] };
  const read = readItem(StopItem, item, { tableName, key: controlKey });
  if ('value' in read) return { stop: read.value.stop, planAnnounced, unreadable: [] };
  const stop = { reason: unreadableText(read.unreadable), by: 'somebody', at: 'a time that is not known' };
  return { stop, planAnnounced, unreadable: [read.unreadable] };
}

/** Before the first run there is no secret, which is fine. */
export function checkSecret({ secret }: Item, tableName: string): UnreadableItem | undefined {
  return secret === undefined || Secret.safeParse(secret.S).success ? undefined : badSecret(tableName);
}

/** Not made by `readItem`, which would show the value. */
function badSecret(table: string): UnreadableItem {
  const why = 'secret: expected 64 hex digits, found something else, not shown here';
  return { table, pk: 'control', sk: 'control', why, group: undefined };
}

const Secret = z.string().regex(/^[0-9a-f]{64}$/);
const StopItem = z.object({ stop: Stop });
