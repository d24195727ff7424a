import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import type { PutItemCommandInput } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { LedgerError } from '#aws/ledger/table.ts';
import { InvalidInput } from '#core/util/parse.ts';
import { version } from '#core/util/version.ts';
import { ledgersOnSandbox } from '../../support/a-ledger-on-sandbox.ts';
import { aRecording } from '../../support/a-recording.ts';
import { in90Days, ledgerOnFakeTable } from '../../support/ledger-on-fake-table.ts';

const recording = aRecording();
const { runId } = recording;

/** A recording that compresses to about this many bytes. */
function aLargeRecording(bytes: number) {
  const digests = Array.from({ length: Math.ceil(bytes / 32) }, (_, index) =>
    createHash('sha256').update(String(index)).digest('base64'),
  );
  return aRecording({ request: digests });
}

describe('a recording', () => {
  test('is kept 90 days, as compressed JSON', async () => {
    const { ledger, calls } = ledgerOnFakeTable(() => ({}));
    await ledger.keepRecording(recording);
    const [Item, ...others] = calls.map(({ input }) => (input as PutItemCommandInput).Item);
    expect(others).toEqual([]);
    expect(Item).toEqual({
      pk: { S: `recording#${runId}` },
      sk: { S: '00' },
      schemaVersion: { N: '1' },
      parts: { N: '1' },
      bundle: { S: 'sources' },
      version: { S: version },
      part: { B: expect.any(Uint8Array) },
      expiresAt: in90Days,
    });
    expect(JSON.parse(gunzipSync(Item?.part?.B ?? '').toString())).toEqual(
      JSON.parse(JSON.stringify(recording)),
    );
  });

  test('is kept in as many items as it takes, each with room to spare', async () => {
    const { ledger, calls } = ledgerOnFakeTable(() => ({}));
    await ledger.keepRecording(aLargeRecording(3_500_000));
    const items = calls.map(({ input }) => (input as PutItemCommandInput).Item);
    expect(items.length).toBeGreaterThan(10);
    expect(items.map((item) => item?.sk?.S)).toEqual(items.map((item) => item?.sk?.S).toSorted());
    expect(new Set(items.map((item) => item?.parts?.N))).toEqual(new Set([String(items.length)]));
    for (const item of items) expect(item?.part?.B?.length).toBeLessThanOrEqual(350_000);
  });

  test('that is too large is refused in words, and nothing of it is kept', async () => {
    const { ledger, calls } = ledgerOnFakeTable(() => ({}));
    const error = await ledger.keepRecording(aLargeRecording(4_500_000)).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(LedgerError);
    expect(String(error)).toMatch(
      /the recording of run 20261123T090000Z-3f9a1c2b takes 4\.\d MB compressed: at most 4\.0 are kept/,
    );
    expect(calls).toEqual([]);
  });

  test('of which a part has expired, or was never kept, is none', async () => {
    const { open, table } = ledgersOnSandbox();
    await open().keepRecording(aLargeRecording(1_000_000));
    expect(await open().recording(runId)).toBeDefined();
    table.delete({ pk: { S: `recording#${runId}` }, sk: { S: '01' } });
    expect(await open().recording(runId)).toBeUndefined();
  });

  test('that is damaged is refused in words', async () => {
    const { open, table } = ledgersOnSandbox();
    table.put({
      pk: { S: `recording#${runId}` },
      sk: { S: '00' },
      parts: { N: '1' },
      bundle: { S: 'sources' },
      version: { S: version },
      part: { B: Buffer.from('no gzip') },
    });
    await expect(open().recording(runId)).rejects.toThrow(`the recording of run ${runId} is damaged`);
  });

  test('comes back whole, whatever is in it: the code that wrote it knows', async () => {
    const { open } = ledgersOnSandbox();
    await open().keepRecording(Object.assign(aRecording(), { weather: 'fine' }));
    expect(await open().recording(runId)).toMatchObject({ runId, weather: 'fine' });
  });

  test('of another bundle is refused, and both are named', async () => {
    const { open, table } = ledgersOnSandbox();
    await open().keepRecording(recording);
    const [item] = table.partition({ S: `recording#${runId}` });
    table.put({ ...item, bundle: { S: 'cafe' }, version: { S: '0.0.9' } });
    const error = await open()
      .recording(runId)
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InvalidInput);
    expect(error).toMatchObject({
      what: `recording of run ${runId}`,
      mistakes: [
        { path: 'bundle', expected: expect.stringContaining('sources'), found: 'cafe of version 0.0.9' },
      ],
    });
  });
});
