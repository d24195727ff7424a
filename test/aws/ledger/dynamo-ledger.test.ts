import { DynamoDBServiceException, ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { LedgerError } from '#aws/ledger/table.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import { aBudget, aClaim, aRecovery } from '../../support/a-claim.ts';
import { aRecording, keepRecording } from '../../support/a-recording.ts';
import { aReport } from '../../support/a-report.ts';
import { controlKey, in400Days, ledgerOnFakeTable, secret } from '../../support/ledger-on-fake-table.ts';

const claim = aClaim();

/** Every method once, as callers would call it. */
const allMethods: readonly (readonly [string, (ledger: Ledger) => Promise<unknown>])[] = [
  ['control', (ledger) => ledger.control()],
  ['setStop', (ledger) => ledger.setStop(undefined)],
  ['stop', (ledger) => ledger.stop()],
  ['groupRecords', (ledger) => ledger.groupRecords(['web'])],
  ['setVeto', (ledger) => ledger.setVeto('web', undefined)],
  ['setLeash', (ledger) => ledger.setLeash('web', undefined)],
  ['heldGroups', (ledger) => ledger.heldGroups(0)],
  ['claim', (ledger) => ledger.claim(claim)],
  ['begin', (ledger) => ledger.begin(claim)],
  ['settle', (ledger) => ledger.settle(claim, { outcome: 'failed', detail: '' })],
  ['openStrikes', (ledger) => ledger.openStrikes()],
  ['close', (ledger) => ledger.close(claim, aRecovery())],
  ['recentStrikes', (ledger) => ledger.recentStrikes('web', 3)],
  ['usage', (ledger) => ledger.usage([aBudget()])],
  ['recordRun', (ledger) => ledger.recordRun(aReport())],
  ['recentRuns', (ledger) => ledger.recentRuns(3)],
  ['openRecording', (ledger) => keepRecording(ledger, aRecording())],
  ['recording', (ledger) => ledger.recording('run-1')],
  ['claimAnnouncement', (ledger) => ledger.claimAnnouncement('2026-11-23', 'it', 0)],
  ['announced', (ledger) => ledger.announced('2026-11-23', 'it')],
  ['notAnnounced', (ledger) => ledger.notAnnounced('2026-11-23', 'it')],
];

describe('the table', () => {
  test('keeps a run for 400 days, as JSON', async () => {
    const { ledger, calls } = ledgerOnFakeTable(() => ({}));
    const report = aReport();
    await ledger.recordRun(report);
    expect(calls[0]?.input).toEqual({
      TableName: 'chaos-ledger',
      Item: {
        pk: { S: 'runs' },
        sk: { S: report.runId },
        report: { S: JSON.stringify(report) },
        expiresAt: in400Days,
        schemaVersion: { N: '1' },
      },
    });
  });

  test('creates the secret, which never expires, in one call', async () => {
    const { ledger, calls } = ledgerOnFakeTable(() => ({
      Attributes: { ...controlKey, secret: { S: secret } },
    }));
    expect(await ledger.control()).toEqual({ secret, stop: undefined, unreadable: [] });
    expect(calls.map(({ input }) => input)).toEqual([
      {
        TableName: 'chaos-ledger',
        Key: controlKey,
        UpdateExpression:
          'SET #schemaVersion = if_not_exists(#schemaVersion, :schemaVersion), #secret = if_not_exists(#secret, :secret)',
        ExpressionAttributeNames: { '#secret': 'secret', '#schemaVersion': 'schemaVersion' },
        ExpressionAttributeValues: { ':secret': { S: secret }, ':schemaVersion': { N: '1' } },
        ReturnValues: 'ALL_NEW',
      },
    ]);
  });

  test('is never asked for the secret to set, lift or read a stop', async () => {
    const { ledger, calls } = ledgerOnFakeTable(() => ({}));
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

  test('is asked for further pages until there are as many runs as requested', async () => {
    const item = (runId: string) => ({ report: { S: JSON.stringify(aReport({ runId })) } });
    const pages = [
      { Items: [item('e'), item('d')], LastEvaluatedKey: { pk: { S: 'runs' }, sk: { S: 'd' } } },
      { Items: [item('c')], LastEvaluatedKey: { pk: { S: 'runs' }, sk: { S: 'c' } } },
      { Items: [item('b')], LastEvaluatedKey: { pk: { S: 'runs' }, sk: { S: 'b' } } },
      { Items: [item('a')] },
    ];
    const { ledger, calls } = ledgerOnFakeTable(() => pages.shift() ?? {});
    expect((await ledger.recentRuns(4)).found.map(({ runId }) => runId)).toEqual(['e', 'd', 'c', 'b']);
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
    const { ledger } = ledgerOnFakeTable(() => {
      throw missing;
    });
    const error = await method(ledger).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(LedgerError);
    expect(error).toMatchObject({
      name: 'ResourceNotFoundException',
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
    const { ledger } = ledgerOnFakeTable(() => {
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
