import { gunzipSync, gzipSync } from 'node:zlib';
import * as z from 'zod';
import type { Clock } from '#core/ports/clock.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import type { Recording } from '#core/reports/recording.ts';
import { InvalidInput } from '#core/util/parse.ts';
import { version } from '#core/util/version.ts';
import { bundleDigest } from '../bundle-digest.ts';
import { itemOf } from './attributes.ts';
import { orThrow, readItem } from './read.ts';
import { inDays, LedgerError, type LedgerTable } from './table.ts';

/** Reports are kept longer: a recording is many times as large, and a run is decided again soon or never. */
const keptDays = 90;
/** With its keys, well below the 400 KB that an item holds. */
const partBytes = 350_000;
/** Four seconds' worth of what DynamoDB writes to one partition, where calls to the ledger are retried for four. */
const maxBytes = 4_000_000;

/** All that is read of what other code may have written: once it is known to be this code's own, the rest is as it was. */
const Part = z.object({
  part: z.instanceof(Uint8Array),
  parts: z.int(),
  /** The `bundleDigest` of what wrote it, and its version, to find that by. */
  bundle: z.string(),
  version: z.string(),
});

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
      const same = { pk: partitionOf(recording.runId), parts, bundle: bundleDigest(), version };
      for (let index = 0; index < parts; index += 1) {
        const part = bytes.subarray(index * partBytes, (index + 1) * partBytes);
        const sk = String(index).padStart(2, '0');
        const expiresAt = inDays(keptDays, clock.now());
        await put({ ...itemOf({ ...same, sk, expiresAt }), part: { B: part } });
      }
    },

    recording: async (runId) => {
      const parts = (await partition(partitionOf(runId))).map((item) =>
        orThrow(readItem(Part, item, { tableName, key: item })),
      );
      // Items expire one by one, and a run may have died before the last.
      const [first] = parts;
      if (first === undefined || parts.length < first.parts) return undefined;
      mustBeOwn(first, runId);
      try {
        return JSON.parse(gunzipSync(Buffer.concat(parts.map(({ part }) => part))).toString()) as Recording;
      } catch (error) {
        throw new LedgerError(`the recording of run ${runId} is damaged`, tableName, error);
      }
    },
  };
}

function mustBeOwn({ bundle, version: of }: z.output<typeof Part>, runId: string): void {
  const own = bundleDigest();
  if (bundle === own) return;
  const expected = `expected ${own} of version ${version}, which was asked. Only the code that recorded a run decides it again: deploy a clone as it was then (npx cdk deploy), and ask that`;
  throw new InvalidInput(`recording of run ${runId}`, [
    { path: 'bundle', expected, found: `${bundle} of version ${of}` },
  ]);
}

function partitionOf(runId: string): string {
  return `recording#${runId}`;
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}
