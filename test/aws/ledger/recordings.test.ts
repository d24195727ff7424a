import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import type { PutItemCommandInput } from '@aws-sdk/client-dynamodb';
import { describe, expect, test, vi } from 'vitest';
import { InvalidInput } from '#core/util/parse.ts';
import { version } from '#core/util/version.ts';
import { ledgersOnSandbox } from '../../support/a-ledger-on-sandbox.ts';
import { aRecordedGroup, aRecording, keepRecording } from '../../support/a-recording.ts';
import { aDecision } from '../../support/a-report.ts';
import { in90Days, ledgerOnFakeTable } from '../../support/ledger-on-fake-table.ts';

const recording = aRecording();
const { runId } = recording;

/** A recording whose groups compress to about this many bytes. */
function aLargeRecording(bytes: number) {
  const groups = Array.from({ length: Math.ceil(bytes / 3_200) }, (_, index) => {
    const digests = Array.from({ length: 100 }, (_, at) =>
      createHash('sha256').update(`${index} ${at}`).digest('base64'),
    );
    return aRecordedGroup({ decision: aDecision({ reason: { code: 'drawn', text: digests.join('') } }) });
  });
  return aRecording({ groups });
}

describe('a recording', () => {
  test('is kept for 90 days, as compressed JSON: a line for the head and one for each group', async () => {
    const { ledger, calls } = ledgerOnFakeTable(() => ({}));
    await keepRecording(ledger, recording);
    const [Item, ...others] = calls.map(({ input }) => (input as PutItemCommandInput).Item);
    expect(others).toEqual([]);
    expect(Item).toEqual({
      pk: { S: `recording#${runId}` },
      sk: { S: '0000' },
      schemaVersion: { N: '1' },
      parts: { N: '1' },
      bundle: { S: 'sources' },
      version: { S: version },
      part: { B: expect.any(Uint8Array) },
      expiresAt: in90Days,
    });
    const { groups, ...head } = recording;
    expect(gunzipSync(Item?.part?.B ?? '').toString()).toBe(
      [head, ...groups].map((line) => JSON.stringify(line)).join('\n'),
    );
  });

  test('is written in parts as they fill, each well below the limit; the last part has their number', async () => {
    const { ledger, calls } = ledgerOnFakeTable(() => ({}));
    const { groups, ...head } = aLargeRecording(3_500_000);
    const writer = ledger.openRecording(head);
    writer.add(groups.slice(0, groups.length / 2));
    await vi.waitFor(() => expect(calls.length).toBeGreaterThanOrEqual(4), { timeout: 10_000, interval: 1 });
    writer.add(groups.slice(groups.length / 2));
    await writer.close();
    const items = calls.map(({ input }) => (input as PutItemCommandInput).Item);
    expect(items.length).toBeGreaterThan(9);
    expect(items.map((item) => item?.sk?.S)).toEqual(items.map((_, index) => String(index).padStart(4, '0')));
    expect(items.map((item) => item?.parts?.N)).toEqual([
      ...Array(items.length - 1).fill(undefined),
      String(items.length),
    ]);
    for (const item of items) expect(item?.part?.B?.length).toBeLessThanOrEqual(350_000);
  });

  test('is given up if a part cannot be written, and closing it rejects', async () => {
    let puts = 0;
    const { ledger, calls } = ledgerOnFakeTable(() => {
      puts += 1;
      if (puts === 2)
        throw Object.assign(new Error('no more room'), { name: 'ValidationException', $fault: 'client' });
      return {};
    });
    const { groups, ...head } = aLargeRecording(1_250_000);
    const writer = ledger.openRecording(head);
    writer.add(groups);
    await expect(writer.close()).rejects.toThrow('no more room');
    expect(calls).toHaveLength(2);
  });

  test.each([
    ['0000', '3 of 4'],
    ['0001', '3 of 4'],
    ['0003', '3 of them, and not the last'],
  ])('is incomplete if part %s has expired or was never written', async (sk, found) => {
    const { open, table } = ledgersOnSandbox();
    await keepRecording(open(), aLargeRecording(1_250_000));
    expect(await open().recording(runId)).toBeDefined();
    table.delete({ pk: { S: `recording#${runId}` }, sk: { S: sk } });
    const error = await open()
      .recording(runId)
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InvalidInput);
    expect(error).toMatchObject({ mistakes: [{ path: 'parts', found }] });
  });

  test('that is damaged is refused with an explanation', async () => {
    const { open, table } = ledgersOnSandbox();
    table.put({
      pk: { S: `recording#${runId}` },
      sk: { S: '0000' },
      parts: { N: '1' },
      bundle: { S: 'sources' },
      version: { S: version },
      part: { B: Buffer.from('no gzip') },
    });
    await expect(open().recording(runId)).rejects.toThrow(`the recording of run ${runId} is damaged`);
  });

  test('comes back complete, without validation of what the same code wrote', async () => {
    const { open } = ledgersOnSandbox();
    await keepRecording(open(), Object.assign(aRecording(), { weather: 'fine' }));
    expect(await open().recording(runId)).toMatchObject({ runId, weather: 'fine' });
  });

  test('of another bundle is refused, and both are named', async () => {
    const { open, table } = ledgersOnSandbox();
    await keepRecording(open(), recording);
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
