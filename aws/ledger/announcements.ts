import { createHash } from 'node:crypto';
import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { announcingMs } from '#core/ledger/strike-states.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import { type Item, toItem } from './attributes.ts';
import { buildExpressions } from './build-expressions.ts';
import { inDays, type LedgerTable } from './table.ts';
import type { Transact } from './transactions.ts';

/** The day is over by then, in whatever zone. */
const keptDays = 3;

/** What people have been told of today and need not hear again, an item each. */
export function ledgerAnnouncements(
  { client, tableName, asked, put }: LedgerTable,
  transact: Transact,
  clock: Clock,
): Pick<Ledger, 'claimAnnouncement' | 'announced' | 'notAnnounced'> {
  return {
    claimAnnouncement: async (day, cause, now) => {
      // A transaction even so: one whose answer was lost and that is repeated would refuse itself as a plain put.
      const refused = await transact([
        {
          Put: {
            TableName: tableName,
            Item: {
              ...toldKey(day, cause),
              ...toItem({
                cause,
                tellingUntil: now + announcingMs,
                expiresAt: inDays(keptDays, clock.now()),
              }),
            },
            // What has been told has no such time any more.
            ...buildExpressions(
              { ConditionExpression: 'attribute_not_exists(#pk) OR #tellingUntil < :now' },
              toItem({ now }),
            ),
          },
        },
      ]);
      return refused === undefined;
    },

    announced: async (day, cause) => {
      await put({ ...toldKey(day, cause), ...toItem({ cause, expiresAt: inDays(keptDays, clock.now()) }) });
    },

    notAnnounced: async (day, cause) => {
      await asked(client.send(new DeleteItemCommand({ TableName: tableName, Key: toldKey(day, cause) })));
    },
  };
}

/** A cause may be longer than a sort key. */
function toldKey(day: string, cause: string): Item {
  return toItem({ pk: `announced#${day}`, sk: createHash('sha256').update(cause).digest('hex') });
}
