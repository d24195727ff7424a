import type { HttpRequest } from './http-message.ts';

/**
 * What a signed request is for, by its credential scope; empty for one that is not signed. Source: IAM User Guide,
 * "Elements of an AWS API request signature".
 */
export function credentialScope({ headers }: Pick<HttpRequest, 'headers'>): {
  readonly region?: string;
  /** Its signing name: `ec2`, `monitoring`. */
  readonly service?: string;
} {
  const scope = /Credential=[^/,]+\/\d{8}\/(?<region>[a-z0-9-]+)\/(?<service>[a-z0-9-]+)\//;
  return scope.exec(headers.authorization ?? '')?.groups ?? {};
}
