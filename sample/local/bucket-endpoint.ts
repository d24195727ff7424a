import { readFile } from 'node:fs/promises';
import { isDenied } from '#sandbox/policies/is-denied.ts';
import type { Bucket } from '#sandbox/s3/bucket.ts';
import { type LoopbackServer, listenOnLoopback } from './loopback.ts';

/** The objects of a bucket on loopback, as everybody may read them whom its policy does not deny it. `folder`: where they are. */
export function serveBucket(bucket: Bucket, folder: URL): Promise<LoopbackServer> {
  const read = async (key: string): Promise<readonly [status: number, body: string | Buffer]> => {
    if (!/^[\w-]+\.\w+$/.test(key)) return [404, 'NoSuchKey'];
    const at = Date.now();
    const policy = bucket.policyInEffect(at);
    const request = { action: 's3:GetObject', resource: `${bucket.arn}/${key}`, at };
    if (policy !== undefined && isDenied(policy, request)) return [403, 'AccessDenied'];
    return [200, await readFile(new URL(key, folder))];
  };
  return listenOnLoopback(({ url = '' }, response) => {
    read(url.slice(1))
      .then(([status, body]) => response.writeHead(status).end(body))
      .catch(() => response.destroy());
  });
}
