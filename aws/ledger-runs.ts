import { QueryCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { fitForRecord } from '#core/fit-report.ts';
import { parse } from '#core/parse.ts';
import type { Clock, Ledger } from '#core/ports.ts';
import type { RunReport } from '#core/report.ts';
import { parseReport } from '#core/report-schema.ts';
import { type Item, itemOf, recordOf } from './ledger-attributes.ts';
import { inDays, type LedgerTable } from './ledger-table.ts';

const keptDays = 400;

/** Reports, each in an item of its own, as JSON that the console can show. */
export function ledgerRuns(
  { client, tableName, asked, put }: LedgerTable,
  clock: Clock,
): Pick<Ledger, 'recordRun' | 'recentRuns'> {
  return {
    recordRun: (report) =>
      put(
        itemOf({
          pk: 'runs',
          sk: report.runId,
          report: JSON.stringify(fitForRecord(report)),
          expiresAt: inDays(keptDays, clock.now()),
        }),
      ),

    recentRuns: async (limit) => {
      const found: RunReport[] = [];
      let from: Item | undefined;
      // A page ends at 1 MB, which three large reports fill.
      do {
        const command = new QueryCommand({
          TableName: tableName,
          KeyConditionExpression: '#pk = :runs',
          ProjectionExpression: '#report',
          ExpressionAttributeNames: { '#pk': 'pk', '#report': 'report' },
          ExpressionAttributeValues: { ':runs': { S: 'runs' } },
          ScanIndexForward: false,
          ConsistentRead: true,
          Limit: limit - found.length,
          ...(from && { ExclusiveStartKey: from }),
        });
        const { Items = [], LastEvaluatedKey } = await asked(client.send(command));
        found.push(...Items.map(reportFrom));
        from = LastEvaluatedKey;
      } while (from !== undefined && found.length < limit);
      return found;
    },
  };
}

function reportFrom(item: Item): RunReport {
  const { report } = parse(RunItem, recordOf(item), 'run in the ledger');
  return parseReport(report, 'report in the ledger');
}

const Json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'expected JSON' });
    return z.NEVER;
  }
});

const RunItem = z.strictObject({ report: Json });
