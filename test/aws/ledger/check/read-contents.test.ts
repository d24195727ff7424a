import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { makeClients } from '#aws/clients/clients.ts';
import { readContents } from '#aws/ledger/check/read-contents.ts';
import { scanItems } from '#aws/ledger/check/scan-items.ts';
import { ledgerTable } from '#aws/ledger/table.ts';
import { aClaim } from '../../../support/a-claim.ts';
import { ledgersOnSandbox } from '../../../support/a-ledger-on-sandbox.ts';
import { instantClock } from '../../../support/instant-clock.ts';

/** A table of so many pages, and how many of them were asked for. */
function aTableOf(pages: number) {
  const asked: number[] = [];
  const clock = instantClock(0);
  const clients = makeClients({
    clock,
    concurrency: 1,
    transport: async () => {
      asked.push(asked.length);
      const item = { pk: { S: 'weather' }, sk: { S: String(asked.length) } };
      return { Items: [item], ...(asked.length < pages && { LastEvaluatedKey: item }) };
    },
  });
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = clients(DynamoDBClient, { region: 'eu-west-1', credentials });
  return { asked, table: ledgerTable(client, 'chaos-ledger') };
}

describe('the contents of a table larger than memory', () => {
  test('are read one page at a time, only after the page before is processed', async () => {
    const { asked, table } = aTableOf(3);
    const seen: number[] = [];
    for await (const page of scanItems(table, 'recording#')) seen.push(page.length, asked.length);
    expect(seen).toEqual([1, 1, 1, 2, 1, 3]);
    expect(await readContents(scanItems(aTableOf(3).table, 'recording#'), 'chaos-ledger')).toMatchObject({
      items: 3,
      unknown: 3,
    });
  });

  test('are kept without reports and other data that is not checked', async () => {
    const { open, table } = ledgersOnSandbox();
    const long = 'long '.repeat(10_000);
    await open().claim(aClaim());
    await open().settle(aClaim(), { outcome: 'succeeded', detail: long });
    table.put({ pk: { S: 'runs' }, sk: { S: 'run-1' }, report: { S: long } });
    table.put({ pk: { S: 'open' }, sk: { S: 'by hand' }, more: { S: long } });
    async function* page() {
      yield [...table.items()];
    }
    const contents = await readContents(page(), 'chaos-ledger');
    expect(contents.unreadable.map(({ kind }) => kind).sort()).toEqual(['pointer', 'run']);
    expect(contents.strikes).toHaveLength(1);
    expect(JSON.stringify(contents).length).toBeLessThan(2_000);
  });
});
