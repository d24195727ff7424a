import type { IncomingHttpHeaders } from 'node:http';

const localHost = /^(127\.0\.0\.1|localhost)(:\d+)?$/i;

/**
 * Whether a request is meant for this server. A web page open in a local browser must not strike, either with a cross-origin request
 * (another port or a browser extension is another origin) or by having its own name resolve to 127.0.0.1 (DNS rebinding). Command lines send no `Origin`, and browsers send one with every POST (Fetch standard, "append a request
 * `Origin` header").
 */
export function isLocal({ host = '', origin }: IncomingHttpHeaders): boolean {
  return (
    localHost.test(host) && (origin === undefined || origin.toLowerCase() === `http://${host.toLowerCase()}`)
  );
}
