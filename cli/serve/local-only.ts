import type { IncomingHttpHeaders } from 'node:http';

const localHost = /^(127\.0\.0\.1|localhost)(:\d+)?$/i;

/**
 * Whether a request was meant for this machine: a web page that a browser here has open must not strike, neither by asking
 * across origins nor by having its own name resolve to 127.0.0.1 (DNS rebinding).
 */
export function isLocal({ host, origin }: IncomingHttpHeaders): boolean {
  return localHost.test(host ?? '') && (origin === undefined || isLocalOrigin(origin));
}

function isLocalOrigin(origin: string): boolean {
  return localHost.test(URL.parse(origin)?.host ?? '');
}
