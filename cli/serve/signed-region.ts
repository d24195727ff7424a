import type { HttpRequest } from './http-message.ts';

/** The region that a signed request is for, by its credential scope; undefined for one that is not signed. */
export function signedRegion({ headers }: Pick<HttpRequest, 'headers'>): string | undefined {
  return /Credential=[^/,]+\/\d{8}\/([a-z0-9-]+)\//.exec(headers.authorization ?? '')?.[1];
}
