import { QueryCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { UnreadableItem } from '#core/model/unreadable-item.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import { RunReport } from '#core/reports/run-report.ts';
import { truncateForRecord } from '#core/reports/truncate-report.ts';
import { parseJsonOrText } from '#core/util/parse-json-or-text.ts';
import { type Item, toItem } from './attributes.ts';
import { buildExpressions } from './build-expressions.ts';
import { type Read, readItem, splitReads } from './read.ts';
import { inDays, type LedgerTable } from './table.ts';

const keptDays = 400;

/** Reports, one item each, as JSON that the console can show. */
export function ledgerRuns(
  { client, tableName, orLedgerError, put }: LedgerTable,
  clock: Clock,
): Pick<Ledger, 'recordRun' | 'recentRuns'> {
  return {
    recordRun: (report) =>
      put(
        toItem({
          pk: 'runs',
          sk: report.runId,
          report: JSON.stringify(truncateForRecord(report)),
          expiresAt: inDays(keptDays, clock.now()),
        }),
      ),

    recentRuns: async (limit) => {
      const found: RunReport[] = [];
      const unreadable: UnreadableItem[] = [];
      let from: Item | undefined;
      // A page has at most 1 MB: three large reports.
      do {
        const command = new QueryCommand({
          TableName: tableName,
          ...buildExpressions(
            {
              KeyConditionExpression: '#pk = :runs',
              ProjectionExpression: '#pk, #sk, #report, #schemaVersion',
            },
            toItem({ runs: 'runs' }),
          ),
          ScanIndexForward: false,
          ConsistentRead: true,
          Limit: limit - found.length,
          ...(from && { ExclusiveStartKey: from }),
        });
        const { Items = [], LastEvaluatedKey } = await orLedgerError(client.send(command));
        const read = splitReads(Items.map((item) => parseReport(item, tableName)));
        found.push(...read.found);
        unreadable.push(...read.unreadable);
        from = LastEvaluatedKey;
      } while (from !== undefined && found.length < limit);
      return { found, unreadable };
    },
  };
}

export function parseReport(item: Item, tableName: string): Read<RunReport> {
  const read = readItem(RunItem, item, { tableName, key: item });
  return 'value' in read ? { value: read.value.report } : read;
}

const RunItem = z.object({ report: z.string().transform(parseJsonOrText).pipe(RunReport) });
