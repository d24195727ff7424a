import type { HttpRequest } from './http-message.ts';

/**
 * Reads region and service from the credential scope of a signed request; empty if unsigned. Source: IAM User Guide,
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
