import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';

/** A server on 127.0.0.1 that speaks TLS, with a certificate made for the occasion. */
export interface HttpsServer extends AsyncDisposable {
  /** `https://127.0.0.1:PORT`. */
  readonly origin: string;
  /** For `NODE_EXTRA_CA_CERTS`. */
  readonly certificateFile: string;
  /** Bodies of the requests, by their path. */
  readonly received: ReadonlyMap<string, string>;
}

/** `status` says what to answer to a path. */
export async function startHttpsServer(status: (path: string) => number): Promise<HttpsServer> {
  const folder = await mkdtemp(join(tmpdir(), 'chaos-tls-'));
  const [keyFile, certificateFile] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  await promisify(execFile)('openssl', [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=127.0.0.1'],
    ...['-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', keyFile, '-out', certificateFile],
  ]);
  const received = new Map<string, string>();
  const server = createServer(
    { key: await readFile(keyFile), cert: await readFile(certificateFile) },
    (request, response) => {
      const { url: path = '/' } = request;
      text(request)
        .then((body) => received.set(path, body))
        .then(() => response.writeHead(status(path)).end('what a server says is nobody else to see'))
        .catch((error: Error) => response.destroy(error));
    },
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    origin: `https://127.0.0.1:${address.port}`,
    certificateFile,
    received,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true });
    },
  };
}
