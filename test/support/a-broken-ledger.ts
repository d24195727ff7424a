import { DynamoDBClient, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import { makeClients } from '#aws/clients/clients.ts';
import type { Item } from '#aws/ledger/attributes.ts';
import type { LedgerCheck } from '#aws/ledger/check/check-ledger.ts';
import type { LedgerProblem } from '#aws/ledger/check/problem.ts';
import { sandboxWorld } from '#cli/sandbox/sandbox-world.ts';
import type { Config } from '#core/config/config.ts';
import { run } from '#core/run/run.ts';
import { VirtualClock } from '#sandbox/clock.ts';
import type { Table } from '#sandbox/dynamodb/table.ts';
import { silentJournal } from '#wiring/silent-journal.ts';
import { aCli } from './a-cli.ts';
import { cliConfig } from './a-deployment.ts';
import { aRun } from './a-run.ts';
import { monday } from './a-sandbox-world.ts';
import type { FakeWorld } from './a-world.ts';

export const [web, sessions, images] = [
  '111111111111/eu-west-1/asg/web',
  '111111111111/us-east-1/asg/sessions',
  '222222222222/eu-west-1/asg/images',
];
export const earlier = '2026-11-20T09:00:00Z';
export const config: Config = {
  ...cliConfig,
  guards: { ...cliConfig.guards, soleInZone: 'strike' },
  budgets: { ...cliConfig.budgets, perDay: { group: 5 } },
};

/** The sandbox after a quiet week, its ledger's table, and the command line on it. */
export async function aBrokenLedger() {
  const clock = new VirtualClock({ startsAt: monday, jumps: true });
  const newSecret = () => 'ab'.repeat(32);
  const aws = sandboxWorld({ config, clock, journal: silentJournal, newSecret });
  const { account, region } = config.master;
  const [table] = aws.sandbox.account(account).region(region).tables.values();
  if (table === undefined) throw new Error('there is no table');
  await aws.world.ledger.control();
  const cli = aCli({ transport: aws.sandbox.transport, clock });
  const place = ['--region', region, '--table', table.name];
  const clients = makeClients({ clock, concurrency: 1, transport: aws.sandbox.transport });
  return {
    ...aws,
    client: clients(DynamoDBClient, { region }),
    table,
    forced: async () => run(aRun(aws.world as FakeWorld, { force: true }), aws.world),
    check: () => cli('ledger', 'check', ...place),
    problems: async () => {
      const { out, exitCode } = await cli('ledger', 'check', '--json', ...place);
      const checked: LedgerCheck = JSON.parse(out);
      expect(exitCode).toBe(checked.problems.length > 0 ? 1 : 0);
      return checked.problems;
    },
  };
}

export type BrokenLedger = Awaited<ReturnType<typeof aBrokenLedger>>;

export function change(table: Table, pk: string, sk: string, more: Item): void {
  table.put({ ...table.get(keyOf(pk, sk)), ...keyOf(pk, sk), ...more });
}

export function keyOf(pk: string, sk: string): Item {
  return { pk: { S: pk }, sk: { S: sk } };
}

export const someLeash: Item = {
  leash: { M: { reason: { S: 'old' }, by: { S: 'bob' }, at: { S: earlier } } },
};

/** Does what the check says, in the words of the table. */
export async function mend(broken: BrokenLedger): Promise<void> {
  await mendAll(broken, await broken.problems());
}

export async function mendAll(
  { table, client }: BrokenLedger,
  problems: readonly LedgerProblem[],
): Promise<void> {
  for (const { key, mend } of problems) {
    for (const one of mend) {
      if ('together' in one)
        await client.send(new TransactWriteItemsCommand({ TransactItems: [...one.together] }));
      else if ('put' in one) table.put(one.put);
      else if ('delete' in one) table.delete(keyOf(one.delete.pk, one.delete.sk));
      else if ('count' in one) change(table, key.pk, key.sk, { count: { N: String(one.count) } });
      else {
        const { [one.remove]: _, ...rest } = table.get(keyOf(key.pk, key.sk)) ?? {};
        table.put(rest);
      }
    }
  }
}
