/** What is read of a body: many may be on their way at once, in a process of 1 GB. */
export const mostBytes = 1_048_576;

export interface FirstOfBody {
  readonly body: Buffer;
  /** The body goes on. */
  readonly isCut: boolean;
}

/** A body to its end, or somewhat more than its first megabyte. Whoever reads less than all of it has its connection closed. */
export async function firstOf(stream: AsyncIterable<Buffer>): Promise<FirstOfBody> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of stream) {
    parts.push(part);
    bytes += part.length;
    if (bytes > mostBytes) break;
  }
  return { body: Buffer.concat(parts), isCut: bytes > mostBytes };
}
