import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import {
  DynamoDBClient,
  DynamoDBServiceException,
  type TransactWriteItemsInput,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, test, vi } from 'vitest';
import { makeClients } from '#aws/clients/clients.ts';
import { dynamoLedger } from '#aws/ledger/dynamo-ledger.ts';
import { LedgerError } from '#aws/ledger/table.ts';
import type { BudgetLimit } from '#core/model/budget.ts';
import type { Claim } from '#core/model/strike.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import { aBudget, aClaim } from '../../support/a-claim.ts';
import { ledgersOnSandbox } from '../../support/a-ledger-on-sandbox.ts';
import { instantClock } from '../../support/instant-clock.ts';
import { ledgerOnFakeTable } from '../../support/ledger-on-fake-table.ts';
import { transactionCanceled } from '../../support/transaction-conflicts.ts';

const claim = aClaim();

/** A table that cancels the first `times` transactions for this reason. */
function canceling(Code: string, times = Number.POSITIVE_INFINITY) {
  let left = times;
  return ledgerOnFakeTable(() => {
    left -= 1;
    if (left >= 0) throw transactionCanceled([{ Code: 'None' }, { Code }]);
    return {};
  });
}

describe('a transaction', () => {
  test.each(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'])(
    'that is cancelled for %s is made again, later each time',
    async (code) => {
      const { ledger, calls, clock } = canceling(code, 3);
      expect(await ledger.claim(claim)).toEqual({ status: 'claimed' });
      expect(calls).toHaveLength(4);
      expect(clock.slept).toHaveLength(3);
      for (const [attempt, ms] of clock.slept.entries()) {
        expect(ms).toBeGreaterThanOrEqual(0);
        expect(ms).toBeLessThan(50 * 2 ** attempt);
      }
    },
  );

  test('has one token, however often it is sent, and every transaction a different one', async () => {
    const { ledger, calls } = canceling('TransactionConflict', 2);
    await ledger.claim(claim);
    await ledger.claim(claim);
    const [first, second, third, other] = calls.map(({ input }) => input as TransactWriteItemsInput);
    expect(first?.ClientRequestToken).toMatch(/^[0-9a-f-]{36}$/);
    expect(second?.ClientRequestToken).toBe(first?.ClientRequestToken);
    expect(third?.ClientRequestToken).toBe(first?.ClientRequestToken);
    expect(other?.ClientRequestToken).not.toBe(first?.ClientRequestToken);
  });

  test('whose answer was lost, and that conflicted when repeated, is not refused because of its own effect', async () => {
    let calls = 0;
    const { open } = ledgersOnSandbox((transport) => async (call) => {
      calls += 1;
      if (calls === 2) throw transactionCanceled([{ Code: 'TransactionConflict' }]);
      const answer = await transport(call);
      if (calls === 1) throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError' });
      return answer;
    });
    expect(await open().claimAnnouncement('2026-11-23', 'it', 0)).toBe(true);
    expect(calls).toBe(3);
  });

  test('waits equally long in every replay', async () => {
    const [one, other] = [canceling('TransactionConflict', 5), canceling('TransactionConflict', 5)];
    await one.ledger.claim(claim);
    await other.ledger.claim(claim);
    expect(one.clock.slept).toEqual(other.clock.slept);
    expect(new Set(one.clock.slept).size).toBe(5);
  });

  test('is given up after 4 seconds, with what DynamoDB said', async () => {
    const { ledger, clock } = canceling('TransactionConflict');
    const error = await ledger.claim(claim).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(LedgerError);
    expect(String(error)).toContain(
      'the ledger (table chaos-ledger in eu-west-1) could not be used. TransactionCanceledException: Transaction cancelled',
    );
    const waited = clock.slept.reduce((sum, ms) => sum + ms, 0);
    expect(waited).toBeGreaterThan(3_000);
    expect(waited).toBeLessThan(4_000);
    expect(Math.max(...clock.slept)).toBeLessThan(1_000);
  });

  test.each(['ValidationError', 'ItemCollectionSizeLimitExceeded'])(
    'that is cancelled for %s is not made again',
    async (code) => {
      const { ledger, calls } = canceling(code);
      await expect(ledger.claim(claim)).rejects.toBeInstanceOf(LedgerError);
      expect(calls).toHaveLength(1);
    },
  );

  test('whose condition does not hold is refused, even if it also conflicts', async () => {
    const { ledger, calls } = ledgerOnFakeTable(() => {
      throw transactionCanceled([
        { Code: 'TransactionConflict' },
        { Code: 'ConditionalCheckFailed' },
        { Code: 'None' },
      ]);
    });
    expect(await ledger.claim(claim)).toEqual({ status: 'changed' });
    expect(calls).toHaveLength(1);
  });

  test('has a token that only its repetition shares', async () => {
    const bodies: { readonly ClientRequestToken?: string }[] = [];
    // On a network: the token is made where the request is written.
    const server = createServer(async (request, response) => {
      bodies.push(JSON.parse(await text(request)));
      response.writeHead(bodies.length === 1 ? 500 : 200).end('{}');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${port}`);
    const clients = makeClients({ clock: instantClock(), concurrency: 1 });
    const client = clients(DynamoDBClient, {
      region: 'eu-west-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
    const ledger = dynamoLedger({
      client,
      tableName: 'chaos-ledger',
      newSecret: () => 'ab'.repeat(32),
      clock: instantClock(),
    });
    await ledger.claim(claim);
    await ledger.claim(claim);
    vi.unstubAllEnvs();
    client.destroy();
    server.close();

    const [first, repeated, another, ...others] = bodies.map((body) => body.ClientRequestToken);
    expect(others).toEqual([]);
    expect(first).toMatch(/^.{20,36}$/);
    expect(repeated).toBe(first);
    expect(another).not.toBe(first);
  });

  test('that is still in progress is awaited by the SDK', async () => {
    let left = 2;
    const { ledger, calls } = ledgerOnFakeTable(() => {
      left -= 1;
      if (left < 0) return {};
      throw new DynamoDBServiceException({
        name: 'TransactionInProgressException',
        message: 'The transaction with the given request token is already in progress.',
        $fault: 'client',
        $metadata: { httpStatusCode: 400 },
      });
    });
    expect(await ledger.claim(claim)).toEqual({ status: 'claimed' });
    expect(calls).toHaveLength(3);
  });

  describe('of one ledger', () => {
    /** How many calls are under way at once, at most, while something is done with claims on 16 groups. */
    const counting = () => {
      let [underWay, most] = [0, 0];
      const { open } = ledgersOnSandbox((transport, clock) => async (call) => {
        underWay += 1;
        most = Math.max(most, underWay);
        await clock.sleep(10);
        underWay -= 1;
        return transport(call);
      });
      const ledger = open();
      const during = async (
        work: (ledger: Ledger, claim: Claim) => Promise<unknown>,
        claims: readonly Claim[],
      ) => {
        most = 0;
        await Promise.all(claims.map((one) => work(ledger, one)));
        return most;
      };
      return { during };
    };
    const claimsOn = (budgets: (group: string) => readonly BudgetLimit[]) =>
      Array.from({ length: 16 }, (_, index) => `group-${index}`).map((group) =>
        aClaim({ group, budgets: budgets(group) }),
      );
    const claiming = (ledger: Ledger, one: Claim) => ledger.claim(one);

    test.each(['organization', 'account', 'region', 'app'] as const)(
      'waits for the one before where both count by the same %s: a run is not in its own way',
      async (scope) => {
        const shared = claimsOn((group) => [
          aBudget({ scope, of: 'same', max: 99 }),
          aBudget({ scope: 'group', of: group, over: 'unverified' }),
        ]);
        expect(await counting().during(claiming, shared)).toBe(1);
      },
    );

    test('waits for one with the counter of another day of the same budget', async () => {
      const claims = claimsOn((group) => [
        aBudget({ over: group === 'group-0' ? 'unverified' : '2026-11-23', max: 99 }),
      ]);
      expect(await counting().during(claiming, claims)).toBe(1);
    });

    test.each<[string, (group: string) => readonly BudgetLimit[]]>([
      ['no budget', () => []],
      ["the group's own budget", (group) => [aBudget({ scope: 'group', of: group })]],
      ['budgets of other apps', (group) => [aBudget({ scope: 'app', of: `app of ${group}` })]],
    ])('waits for no other transaction with %s', async (_, budgets) => {
      expect(await counting().during(claiming, claimsOn(budgets))).toBe(16);
    });

    test('waits for no other transaction if it changes only the strike: its beginning and its outcome', async () => {
      const claims = claimsOn(() => [aBudget({ max: 99 })]);
      const { during } = counting();
      await during(claiming, claims);
      expect(await during((ledger, one) => ledger.begin(one), claims)).toBe(16);
      const outcome = { outcome: 'succeeded', detail: '' } as const;
      expect(await during((ledger, one) => ledger.settle(one, outcome), claims)).toBe(16);
    });
  });
});
