import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { type ControlRecord, Stop } from '#core/model/control-record.ts';
import { type UnreadableItem, UnreadableItemError, unreadableText } from '#core/model/unreadable-item.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import { type Item, toItem } from './attributes.ts';
import { buildExpressions } from './build-expressions.ts';
import { readItem } from './read.ts';
import type { LedgerTable } from './table.ts';
import { stampUpdate } from './version.ts';

export const controlKey = toItem({ pk: 'control', sk: 'control' });

/**
 * The secret, the stop and the day whose plan was told, in one item that never expires. It is in no transaction: those would refuse `setStop` just while
 * the monkey is busiest.
 */
export function ledgerControl(
  { client, tableName, asked, get }: LedgerTable,
  newSecret: () => string,
): Pick<Ledger, 'control' | 'setStop' | 'setPlanAnnounced' | 'stop'> {
  /** `ALL_NEW` answers with the secret, which whoever sets a stop is not shown. */
  const update = async (UpdateExpression: string, values: object, ReturnValues?: 'ALL_NEW') => {
    const command = new UpdateItemCommand({
      TableName: tableName,
      Key: controlKey,
      ...stampUpdate(buildExpressions({ UpdateExpression }, toItem(values))),
      ...(ReturnValues && { ReturnValues }),
    });
    return (await asked(client.send(command))).Attributes ?? {};
  };
  return {
    control: async () => {
      // One call: two first runs at the same moment agree on one secret.
      const UpdateExpression = 'SET #secret = if_not_exists(#secret, :secret)';
      return parseControl(await update(UpdateExpression, { secret: newSecret() }, 'ALL_NEW'), tableName);
    },

    setStop: async (stop) => {
      await update(stop === undefined ? 'REMOVE #stop' : 'SET #stop = :stop', { stop });
    },

    setPlanAnnounced: async (planAnnounced) => {
      await update('SET #planAnnounced = :planAnnounced', { planAnnounced });
    },

    // The stop alone, so that people who may read it need no right to the secret.
    stop: async () => parseControlWithoutSecret((await get(controlKey, 'stop')) ?? {}, tableName).stop,
  };
}

/** The secret is checked by itself, as the usual complaint would show what was found. */
function parseControl(item: Item, tableName: string): ControlRecord {
  const { secret, ...rest } = item;
  const parsed = Secret.safeParse(secret?.S);
  if (!parsed.success) throw new UnreadableItemError(unreadable(tableName, secretMistake));
  return { secret: parsed.data, ...parseControlWithoutSecret(rest, tableName) };
}

/** Whoever set a stop that cannot be read wanted one. It is lifted like any other. */
export function parseControlWithoutSecret(item: Item, tableName: string): Omit<ControlRecord, 'secret'> {
  const planAnnounced = item.planAnnounced?.S;
  if (item.stop === undefined) return { stop: undefined, planAnnounced, unreadable: [] };
  const read = readItem(StopItem, item, { tableName, key: controlKey });
  if ('value' in read) return { stop: read.value.stop, planAnnounced, unreadable: [] };
  const stop = { reason: unreadableText(read.unreadable), by: 'somebody', at: 'a time that is not known' };
  return { stop, planAnnounced, unreadable: [read.unreadable] };
}

/** What is wrong with the secret, if it is. */
export function findSecretMistake(item: Item, tableName: string): UnreadableItem | undefined {
  return Secret.safeParse(item.secret?.S).success ? undefined : unreadable(tableName, secretMistake);
}

function unreadable(table: string, why: string): UnreadableItem {
  return { table, pk: 'control', sk: 'control', why, group: undefined };
}

const Secret = z.string().regex(/^[0-9a-f]{64}$/);
const secretMistake = 'secret: expected 64 hex digits, found something else, not shown here';

const StopItem = z.object({ stop: Stop });
