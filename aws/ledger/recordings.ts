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

/** Reports are kept longer: a recording is many times as large, and a run is decided again soon or never. */
const keptDays = 90;
/** With its keys, well below the 400 KB that an item holds. */
const partBytes = 350_000;
/** So much text is compressed at once: eight times what gzip looks back on, so that little is lost between one such piece and the next. */
const pieceLength = 256 * 1_024;

/** All that is read of what other code may have written: once it is known to be this code's own, the rest is as it was. */
const Part = z.object({
  part: z.instanceof(Uint8Array),
  /** How many there are; only the last says so, as it alone is written once that is known. */
  parts: z.int().optional(),
  /** The `bundleDigest` of what wrote it, and its version, to find that by. */
  bundle: z.string(),
  version: z.string(),
});

/** What runs were decided on: JSON, first the head and then a line for each group, compressed, in as many items as it takes. */
export function ledgerRecordings(
  { tableName, put, partition }: LedgerTable,
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
      const parts = (await partition(partitionKey(runId))).map((item) =>
        valueOrThrow(readItem(Part, item, { tableName, key: item })),
      );
      const [first] = parts;
      if (first === undefined) return undefined;
      requireSameBundle(runId, first, { bundle: bundleDigest(), version });
      // A run may have died before the last, and items expire one by one.
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
 * Writes parts as they fill, one after the other, as DynamoDB writes three of them a second to one partition. Those that wait are in
 * memory, compressed: 40,000 groups make eight. After one that could not be written no more are.
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
    // Told by `close`; until then nobody waits for it.
    written.catch(() => {});
  };
  // Pieces of gzip one after the other are gzip themselves.
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
