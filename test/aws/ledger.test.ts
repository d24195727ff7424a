import { DynamoDBServiceException, ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { LedgerError } from '#aws/ledger-table.ts';
import { InvalidInput } from '#core/parse.ts';
import type { Ledger } from '#core/ports.ts';
import { aBudget, aClaim, aRecovery } from '../support/a-claim.ts';
import { aRecording } from '../support/a-recording.ts';
import { aReport } from '../support/a-report.ts';
import { controlKey, in400Days, ledgerOn, secret } from '../support/ledger-on.ts';

const claim = aClaim();

/** Every method once, as callers would call it. */
const allMethods: readonly (readonly [string, (ledger: Ledger) => Promise<unknown>])[] = [
  ['control', (ledger) => ledger.control()],
  ['setStop', (ledger) => ledger.setStop(undefined)],
  ['stop', (ledger) => ledger.stop()],
  ['standings', (ledger) => ledger.standings(['web'])],
  ['setVeto', (ledger) => ledger.setVeto('web', undefined)],
  ['setLeash', (ledger) => ledger.setLeash('web', undefined)],
  ['heldGroups', (ledger) => ledger.heldGroups(0)],
  ['claim', (ledger) => ledger.claim(claim)],
  ['begin', (ledger) => ledger.begin(claim)],
  ['settle', (ledger) => ledger.settle(claim, { outcome: 'failed', detail: '' })],
  ['openStrikes', (ledger) => ledger.openStrikes()],
  ['close', (ledger) => ledger.close(claim, aRecovery())],
  ['recentStrikes', (ledger) => ledger.recentStrikes('web', 3)],
  ['spent', (ledger) => ledger.spent([aBudget()])],
  ['recordRun', (ledger) => ledger.recordRun(aReport())],
  ['recentRuns', (ledger) => ledger.recentRuns(3)],
  ['keepRecording', (ledger) => ledger.keepRecording(aRecording())],
  ['recording', (ledger) => ledger.recording('run-1')],
];

describe('the table', () => {
  test('keeps a run 400 days, as JSON', async () => {
    const { ledger, calls } = ledgerOn(() => ({}));
    const report = aReport();
    await ledger.recordRun(report);
    expect(calls[0]?.input).toEqual({
      TableName: 'chaos-ledger',
      Item: {
        pk: { S: 'runs' },
        sk: { S: report.runId },
        report: { S: JSON.stringify(report) },
        expiresAt: in400Days,
      },
    });
  });

  test('makes the secret in one call, which never expires', async () => {
    const { ledger, calls } = ledgerOn(() => ({ Attributes: { ...controlKey, secret: { S: secret } } }));
    expect(await ledger.control()).toEqual({ secret, stop: undefined });
    expect(calls.map(({ input }) => input)).toEqual([
      {
        TableName: 'chaos-ledger',
        Key: controlKey,
        UpdateExpression: 'SET #secret = if_not_exists(#secret, :secret)',
        ExpressionAttributeNames: { '#secret': 'secret' },
        ExpressionAttributeValues: { ':secret': { S: secret } },
        ReturnValues: 'ALL_NEW',
      },
    ]);
  });

  test('is never asked for the secret by those who set, lift or read a stop', async () => {
    const { ledger, calls } = ledgerOn(() => ({}));
    await ledger.setStop({ reason: 'sale', by: 'ann', at: '2026-11-23' });
    await ledger.setStop(undefined);
    await ledger.stop();
    expect(calls.map(({ command }) => command)).toEqual([
      'UpdateItemCommand',
      'UpdateItemCommand',
      'GetItemCommand',
    ]);
    expect(calls.map(({ input }) => ('ReturnValues' in input ? input.ReturnValues : undefined))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(JSON.stringify(calls.map(({ input }) => input))).not.toContain('secret');
    expect(calls[2]?.input).toMatchObject({ ProjectionExpression: '#stop' });
  });

  test('is asked for the next page until there are as many runs as wanted', async () => {
    const item = (runId: string) => ({ report: { S: JSON.stringify(aReport({ runId })) } });
    const pages = [
      { Items: [item('e'), item('d')], LastEvaluatedKey: { pk: { S: 'runs' }, sk: { S: 'd' } } },
      { Items: [item('c')], LastEvaluatedKey: { pk: { S: 'runs' }, sk: { S: 'c' } } },
      { Items: [item('b')], LastEvaluatedKey: { pk: { S: 'runs' }, sk: { S: 'b' } } },
      { Items: [item('a')] },
    ];
    const { ledger, calls } = ledgerOn(() => pages.shift() ?? {});
    expect((await ledger.recentRuns(4)).map(({ runId }) => runId)).toEqual(['e', 'd', 'c', 'b']);
    expect(calls.map(({ input }) => input)).toMatchObject([
      { Limit: 4, ScanIndexForward: false },
      { Limit: 2, ExclusiveStartKey: { pk: { S: 'runs' }, sk: { S: 'd' } } },
      { Limit: 1, ExclusiveStartKey: { pk: { S: 'runs' }, sk: { S: 'c' } } },
    ]);
  });

  test.each(allMethods)('%s says which table is missing, where, and what helps', async (_name, method) => {
    const missing = new ResourceNotFoundException({
      message: 'Requested resource not found',
      $metadata: {},
    });
    const { ledger } = ledgerOn(() => {
      throw missing;
    });
    const error = await method(ledger).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(LedgerError);
    expect(error).toMatchObject({
      name: 'LedgerError',
      tableName: 'chaos-ledger',
      message:
        "the ledger's table chaos-ledger does not exist in eu-west-1 of this account. Create it with: npx cdk deploy",
      cause: missing,
    });
  });

  test.each(allMethods)('%s keeps the words of AWS when access is denied', async (_name, method) => {
    const denied = new DynamoDBServiceException({
      name: 'AccessDeniedException',
      message: 'User: ann is not authorized to perform: dynamodb:GetItem',
      $fault: 'client',
      $metadata: { httpStatusCode: 400 },
    });
    const { ledger } = ledgerOn(() => {
      throw denied;
    });
    const error = await method(ledger).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(LedgerError);
    expect(error).toMatchObject({
      message:
        'the ledger (table chaos-ledger in eu-west-1) could not be used. AccessDeniedException: User: ann is not authorized to perform: dynamodb:GetItem',
      cause: denied,
    });
  });
});

describe('a record that is not as it was written', () => {
  const control = { ...controlKey, secret: { S: secret } };
  const refused: readonly (readonly [string, object, (ledger: Ledger) => Promise<unknown>, string])[] = [
    ['no control item', {}, (ledger) => ledger.control(), 'secret: expected 64 hex digits'],
    [
      'a secret of another kind',
      { Attributes: { ...control, secret: { N: '1' } } },
      (ledger) => ledger.control(),
      'secret: expected 64 hex digits',
    ],
    [
      'a control that it does not know',
      { Attributes: { ...control, paused: { BOOL: true } } },
      (ledger) => ledger.control(),
      'paused: unknown key',
    ],
    [
      'a stop without a reason',
      { Item: { stop: { M: { by: { S: 'ann' }, at: { S: '' } } } } },
      (ledger) => ledger.stop(),
      'stop.reason: expected string, found nothing',
    ],
    [
      'a standing without a version',
      { Item: { veto: { M: { reason: { S: 'sale' } } } } },
      (ledger) => ledger.standings(['web']),
      'version: ',
    ],
    [
      'a veto that does not say how long it holds',
      {
        Item: {
          version: { N: '1' },
          veto: { M: { reason: { S: 'sale' }, by: { S: 'ann' }, at: { S: '' } } },
        },
      },
      (ledger) => ledger.standings(['web']),
      'veto.until: ',
    ],
    [
      'a count that is no number',
      { Item: { count: { S: 'many' } } },
      (ledger) => ledger.spent([aBudget()]),
      'count: ',
    ],
    [
      'a strike of an unknown state',
      { Items: [{ state: { S: 'maybe' } }] },
      (ledger) => ledger.recentStrikes('web', 1),
      'state: ',
    ],
    [
      'a pointer to nothing',
      { Items: [{ group: { S: 'web' } }] },
      (ledger) => ledger.openStrikes(),
      'slot: ',
    ],
    [
      'a report that is not JSON',
      { Items: [{ report: { S: '{' } }] },
      (ledger) => ledger.recentRuns(1),
      'JSON',
    ],
    [
      'a report of another version',
      { Items: [{ report: { S: JSON.stringify({ ...aReport(), schemaVersion: 2 }) } }] },
      (ledger) => ledger.recentRuns(1),
      'schemaVersion: ',
    ],
  ];
  test.each(refused)('%s is refused', async (_what, answer, method, words) => {
    const { ledger } = ledgerOn(() => answer);
    const error = await method(ledger).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InvalidInput);
    expect(error).toHaveProperty('message', expect.stringContaining(words));
  });

  test('a secret of the wrong length is not shown', async () => {
    const { ledger } = ledgerOn(() => ({ Attributes: { ...control, secret: { S: 'cafe'.repeat(10) } } }));
    const error = await ledger.control().catch((reason: unknown) => reason);
    expect(error).toHaveProperty('message', expect.stringContaining('secret: expected 64 hex digits'));
    expect(String(error)).not.toContain('cafe');
  });
});
