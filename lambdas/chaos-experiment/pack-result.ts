import { gunzipSync, gzipSync } from 'node:zlib';

/**
 * A checkpoint takes 256 KB, and an execution 100 MB. A segment in which all of many probes were bad has more than that in samples,
 * which are much alike.
 */
const plainChars = 64 * 1_024;
const packed = 'gzip:';

/** A step's result as text: JSON as it is, where it is small enough for people to read. */
export function packResult(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length <= plainChars ? text : `${packed}${gzipSync(text).toString('base64')}`;
}

export function unpackResult(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  if (!text.startsWith(packed)) return JSON.parse(text);
  return JSON.parse(gunzipSync(Buffer.from(text.slice(packed.length), 'base64')).toString('utf8'));
}
