import dns, { lookup as lookupByName } from 'node:dns';
import { lookup as lookupPromise } from 'node:dns/promises';
import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import tls from 'node:tls';
import { promisify } from 'node:util';
import { HostDenial } from '#layer/deny-hosts.ts';

/**
 * A process whose hosts are denied, and allowed again: prints what each kind of client saw. In a process of its own, as what the
 * layer puts in place cannot be taken away again. TLS is by a shared key: a certificate would need openssl.
 */
const captured = dns.lookup;
const denial = new HostDenial();
denial.install();

const psk = { ciphers: 'PSK', maxVersion: 'TLSv1.2' } as const;
const key = Buffer.alloc(16, 7);
const answer: http.RequestListener = (_request, response) => response.end('ok');
const plain = http.createServer(answer).listen(0);
const secure = https.createServer({ ...psk, pskCallback: () => key }, answer).listen(0);
await Promise.all([once(plain, 'listening'), once(secure, 'listening')]);
const port = (plain.address() as AddressInfo).port;
const securePort = (secure.address() as AddressInfo).port;

const agent = new http.Agent({ keepAlive: true });
const secureOptions = {
  ...{ ...psk, host: 'localhost', port: securePort },
  ...{ pskCallback: () => ({ psk: key, identity: 'a' }), checkServerIdentity: () => undefined },
};
const reused: boolean[] = [];

const toLoopback: net.LookupFunction = (_host, _options, done) =>
  done(null, [{ address: '127.0.0.1', family: 4 }]);

function get(client: typeof http | typeof https, options: https.RequestOptions): Promise<string> {
  return new Promise((resolve) => {
    const request = client.get(options, (response) => {
      reused.push(request.reusedSocket);
      // The agent gets its connection back after this.
      response.resume().on('close', () => setImmediate(resolve, 'ok'));
    });
    request.on('error', (error: NodeJS.ErrnoException) => resolve(String(error.code)));
  });
}

const outcome = (work: Promise<unknown>) =>
  work.then(
    () => 'ok',
    (error) => String(error.code ?? error.cause?.code ?? error),
  );

const clients = {
  http: () => get(http, { host: 'localhost', port, agent }),
  https: () => get(https, { ...secureOptions, agent: false }),
  fetch: () => outcome(fetch(`http://localhost:${port}`).then((response) => response.text())),
  'lookup of its own': () => get(http, { host: 'localhost', port, agent: false, lookup: captured }),
  'dns.lookup': () => outcome(promisify(dns.lookup)('localhost', {})),
  'dns.lookup by name': () => outcome(promisify(lookupByName)('LOCALHOST')),
  'dns.promises': () => outcome(dns.promises.lookup('localhost')),
  'dns/promises by name': () => outcome(lookupPromise('localhost')),
  address: () => get(http, { host: '127.0.0.1', port, agent: false }),
  'other host': () => get(http, { host: 'other.test', port, agent: false, lookup: toLoopback }),
  'exempt socket': () =>
    get(http, {
      ...{ host: 'localhost', port },
      createConnection: () => {
        const socket = net.connect({ host: 'localhost', port, lookup: denial.lookup });
        denial.exempt(socket);
        return socket;
      },
    }),
};

async function all(): Promise<Record<string, unknown>> {
  const seen: Record<string, unknown> = {};
  for (const [name, client] of Object.entries(clients)) seen[name] = await client();
  return seen;
}

const before = await all();
reused.length = 0;
await clients.http();
const isWarm = reused.every(Boolean);
// Node 24 keeps no connection alive that is secured by a shared key; this one is.
const open = tls.connect(secureOptions);
await once(open, 'secureConnect');
const ends = once(open, 'error');
denial.deny(['^localhost$']);
const [{ code: openEnds }] = await ends;
const during = await all();
denial.deny([]);
const after = await all();
process.stdout.write(JSON.stringify({ before, isWarm, openEnds, during, after }), () => process.exit());
