import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '#aws/clients/clock.ts';
import { parse } from '#core/util/parse.ts';
import { http } from '#probes/http.ts';
import { probeMeans } from '../support/a-probe.ts';
import { type HttpsServer, startHttpsServer } from '../support/https-server.ts';

// Needs openssl.
let server: HttpsServer;
beforeAll(async () => {
  server = await startHttpsServer(() => 200);
});
afterAll(() => server[Symbol.asyncDispose]());

async function measured(parameters: object, secret = '') {
  const means = probeMeans(systemClock, {
    allowed: { hosts: [], loopback: true },
    secret: async () => secret,
  });
  const parsed = parse(http.parameters, { url: `${server.origin}/`, ...parameters }, 'the probe');
  const prober = await http.open(parsed, means);
  const found = await prober.measure(0, new AbortController().signal);
  await prober.close();
  return found;
}

describe('an http probe with TLS', () => {
  test('is bad where the certificate is nobody’s that is trusted', async () => {
    expect(await measured({})).toEqual({ is: 'bad', detail: 'no answer: DEPTH_ZERO_SELF_SIGNED_CERT' });
  });

  test('trusts the authorities that it is given, in the file or as a parameter', async () => {
    const ca = await readFile(server.certificateFile, 'utf8');
    expect(await measured({ ca })).toMatchObject({ is: 'good' });
    const kept = { ca: { secret: '/chaos-monkey/probes/ca' }, connection: 'fresh' };
    expect(await measured(kept, ca)).toMatchObject({ is: 'good' });
  });
});
