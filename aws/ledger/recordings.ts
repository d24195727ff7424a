import { gunzipSync, gzipSync } from 'node:zlib';
import * as z from 'zod';
import type { Clock } from '#core/ports/clock.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import { parse } from '#core/util/parse.ts';
import { type Item, itemOf } from './attributes.ts';
import { orThrow, type Read, readItem } from './read.ts';
import { RecordingShape } from './recording-shape.ts';
import { inDays, LedgerError, type LedgerTable } from './table.ts';

/** Reports are kept longer: a recording is many times as large, and a run is decided again soon or never. */
const keptDays = 90;
/** With its keys, well below the 400 KB that an item holds. */
const partBytes = 350_000;
/** Four seconds' worth of what DynamoDB writes to one partition, where calls to the ledger are retried for four. */
const maxBytes = 4_000_000;

/** What runs were decided on, as compressed JSON in as many items as it takes. */
export function ledgerRecordings(
  { tableName, put, partition }: LedgerTable,
  clock: Clock,
): Pick<Ledger, 'keepRecording' | 'recording'> {
  return {
    keepRecording: async (recording) => {
      const bytes = gzipSync(JSON.stringify(recording));
      if (bytes.length > maxBytes) {
        throw new LedgerError(
          `the recording of run ${recording.runId} takes ${megabytes(bytes.length)} MB compressed: at most ${megabytes(maxBytes)} are kept`,
          tableName,
          undefined,
        );
      }
      const parts = Math.ceil(bytes.length / partBytes);
      for (let index = 0; index < parts; index += 1) {
        const part = bytes.subarray(index * partBytes, (index + 1) * partBytes);
        const keys = { pk: partitionOf(recording.runId), sk: String(index).padStart(2, '0') };
        const expiresAt = inDays(keptDays, clock.now());
        await put({ ...itemOf({ ...keys, parts, expiresAt }), part: { B: part } });
      }
    },

    recording: async (runId) => {
      const parts = (await partition(partitionOf(runId))).map((item) => orThrow(partFrom(item, tableName)));
      // Items expire one by one, and a run may have died before the last.
      const [first] = parts;
      if (first === undefined || parts.length < first.parts) return undefined;
      const bytes = Buffer.concat(parts.map(({ part }) => part));
      return parse(RecordingShape, jsonIn(bytes, runId), `recording of run ${runId}`);
    },
  };

  function jsonIn(bytes: Buffer, runId: string): unknown {
    try {
      return JSON.parse(gunzipSync(bytes).toString());
    } catch (error) {
      throw new LedgerError(`the recording of run ${runId} is damaged`, tableName, error);
    }
  }
}

function partitionOf(runId: string): string {
  return `recording#${runId}`;
}

function partFrom(item: Item, tableName: string): Read<z.output<typeof PartShape>> {
  const { pk = { S: '' }, sk = { S: '' } } = item;
  return readItem(PartShape, item, { tableName, key: { pk, sk } });
}

const PartShape = z.object({ part: z.instanceof(Uint8Array), parts: z.int() });

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}
