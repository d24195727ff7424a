import { createHash } from 'node:crypto';
import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { announcingMs } from '#core/ledger/strike-states.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import { type Item, toItem } from './attributes.ts';
import { buildExpressions } from './build-expressions.ts';
import { inDays, type LedgerTable } from './table.ts';
import type { Transact } from './transactions.ts';

/** By then the day is over in every time zone. */
const keptDays = 3;

/** What has been announced today and need not be repeated, an item each. */
export function ledgerAnnouncements(
  { client, tableName, orLedgerError, put }: LedgerTable,
  transact: Transact,
  clock: Clock,
): Pick<Ledger, 'claimAnnouncement' | 'announced' | 'notAnnounced'> {
  const toEntry = (day: string, cause: string, tellingUntil?: number): Item => ({
    ...announcementKey(day, cause),
    ...toItem({ cause, tellingUntil, expiresAt: inDays(keptDays, clock.now()) }),
  });
  return {
    claimAnnouncement: async (day, cause, now) => {
      // A transaction, although it is one item: a plain put whose answer was lost would be refused when the SDK repeats it.
      const refused = await transact([
        {
          Put: {
            Item: toEntry(day, cause, now + announcingMs),
            // Once announced, the entry has no `tellingUntil`.
            ...buildExpressions(
              { ConditionExpression: 'attribute_not_exists(#pk) OR #tellingUntil < :now' },
              toItem({ now }),
            ),
          },
        },
      ]);
      return refused === undefined;
    },
    announced: (day, cause) => put(toEntry(day, cause)),
    notAnnounced: async (day, cause) => {
      const command = new DeleteItemCommand({ TableName: tableName, Key: announcementKey(day, cause) });
      await orLedgerError(client.send(command));
    },
  };
}

/** Hashed, as a cause may be longer than a sort key. */
function announcementKey(day: string, cause: string): Item {
  return toItem({ pk: `announced#${day}`, sk: createHash('sha256').update(cause).digest('hex') });
}
