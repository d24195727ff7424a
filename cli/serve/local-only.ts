import type { IncomingHttpHeaders } from 'node:http';

const localHost = /^(127\.0\.0\.1|localhost)(:\d+)?$/i;

/**
 * Whether a request was meant for this server: a web page that is open in a local browser must not strike, neither by a
 * cross-origin request (another port, or a browser extension, is another origin) nor by having its own name resolve to 127.0.0.1
 * (DNS rebinding). Command lines send no `Origin`, and browsers send one with every POST (Fetch standard, "append a request
 * `Origin` header").
 */
export function isLocal({ host = '', origin }: IncomingHttpHeaders): boolean {
  return (
    localHost.test(host) && (origin === undefined || origin.toLowerCase() === `http://${host.toLowerCase()}`)
  );
}
