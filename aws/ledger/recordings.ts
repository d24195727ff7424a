import { gunzipSync, gzipSync } from 'node:zlib';
import * as z from 'zod';
import { incompleteRecording } from '#core/ledger/incomplete-recording.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { Ledger, RecordingWriter } from '#core/ports/ledger.ts';
import type { RecordedGroup, RecordingHead } from '#core/reports/recording.ts';
import { version } from '#core/util/version.ts';
import { bundleDigest } from '../bundle-digest.ts';
import { toItem } from './attributes.ts';
import { readItem, valueOrThrow } from './read.ts';
import { requireSameBundle } from './require-same-bundle.ts';
import { inDays, LedgerError, type LedgerTable } from './table.ts';

/** Less than reports: a recording is many times as large, and a run is replayed soon or never. */
const keptDays = 90;
/** With its keys, well below DynamoDB's limit of 400 KB for an item. */
const partBytes = 350_000;
/** Compressed at a time: eight times gzip's window, so compressing in pieces costs little. */
const pieceLength = 256 * 1_024;

/** Only the envelope is validated: the same code wrote the content. */
const Part = z.object({
  part: z.instanceof(Uint8Array),
  /** The number of parts. Only the last part has it, as it is not known before. */
  parts: z.int().optional(),
  /** The `bundleDigest` and the version of the code that wrote it. */
  bundle: z.string(),
  version: z.string(),
});

/** What runs were decided on: lines of JSON, the head and then each group, compressed, in as many items as needed. */
export function ledgerRecordings(
  { tableName, put, readPartition }: LedgerTable,
  clock: Clock,
): Pick<Ledger, 'openRecording' | 'recording'> {
  return {
    openRecording: (head) => {
      const same = { pk: partitionKey(head.runId), bundle: bundleDigest(), version };
      return partWriter(JSON.stringify(head), (part, index, parts) => {
        const sk = String(index).padStart(4, '0');
        const expiresAt = inDays(keptDays, clock.now());
        return put({ ...toItem({ ...same, sk, parts, expiresAt }), part: { B: part } });
      });
    },

    recording: async (runId) => {
      const parts = (await readPartition(partitionKey(runId))).map((item) =>
        valueOrThrow(readItem(Part, item, { tableName, key: item })),
      );
      const [first] = parts;
      if (first === undefined) return undefined;
      requireSameBundle(runId, first, { bundle: bundleDigest(), version });
      // The run may have died before the last part, and items expire one by one.
      const expected = parts.at(-1)?.parts;
      if (expected !== parts.length) {
        throw incompleteRecording(runId, `${parts.length} of ${expected ?? 'them, and not the last'}`);
      }
      try {
        const text = gunzipSync(Buffer.concat(parts.map(({ part }) => part))).toString();
        const [head = '', ...groups] = text.split('\n');
        return {
          ...(JSON.parse(head) as RecordingHead),
          groups: groups.map((line) => JSON.parse(line) as RecordedGroup),
        };
      } catch (error) {
        throw new LedgerError(`the recording of run ${runId} is damaged`, tableName, error);
      }
    },
  };
}

/**
 * Writes parts as they fill, one after the other, as DynamoDB accepts only three of them per second in one partition. Waiting parts are
 * in memory, compressed: 40,000 groups make eight. If one cannot be written, no more are.
 */
function partWriter(
  head: string,
  put: (part: Uint8Array, index: number, parts: number | undefined) => Promise<void>,
): RecordingWriter {
  let text = head;
  let bytes: Uint8Array = new Uint8Array();
  let parts = 0;
  let written: Promise<void> = Promise.resolve();
  const write = (part: Uint8Array, isLast = false) => {
    const index = parts;
    parts += 1;
    written = written.then(() => put(part, index, isLast ? parts : undefined));
    // Reported by `close`; until then nobody awaits it.
    written.catch(() => {});
  };
  // Concatenated gzip members are valid gzip.
  const compress = () => {
    bytes = Buffer.concat([bytes, gzipSync(text)]);
    text = '';
    for (; bytes.length > partBytes; bytes = bytes.subarray(partBytes)) write(bytes.subarray(0, partBytes));
  };
  return {
    add: (groups) => {
      for (const group of groups) {
        text += `\n${JSON.stringify(group)}`;
        if (text.length >= pieceLength) compress();
      }
    },
    close: async () => {
      compress();
      write(bytes, true);
      await written;
    },
  };
}

function partitionKey(runId: string): string {
  return `recording#${runId}`;
}
