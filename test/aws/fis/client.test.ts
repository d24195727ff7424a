import type { HttpRequest } from '@smithy/types';
import { describe, expect, test } from 'vitest';
import { FisClient } from '#aws/fis/client.ts';
import { GetSafetyLeverCommand } from '#aws/fis/get-safety-lever.ts';

/** Where a call would go. */
async function urlOf(region: string, { fips = false, dualStack = false }): Promise<string> {
  let url = '';
  const client = new FisClient({
    region,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    useFipsEndpoint: async () => fips,
    useDualstackEndpoint: async () => dualStack,
  });
  client.middlewareStack.add(
    () =>
      async ({ request }) => {
        const { protocol, hostname, path } = request as HttpRequest;
        url = `${protocol}//${hostname}${path}`;
        throw new Error('far enough');
      },
    { step: 'deserialize', priority: 'low', name: 'noNetwork' },
  );
  await expect(client.send(new GetSafetyLeverCommand({ id: 'default' }))).rejects.toThrow('far enough');
  return url;
}

// Source: the service's endpoint rules, and "AWS Fault Injection Service endpoints and quotas".
describe('FisClient', () => {
  test.each([
    ['eu-west-1', {}, 'fis.eu-west-1.amazonaws.com'],
    ['cn-north-1', {}, 'fis.cn-north-1.amazonaws.com.cn'],
    ['us-gov-west-1', {}, 'fis.us-gov-west-1.amazonaws.com'],
    ['us-east-1', { fips: true }, 'fis-fips.us-east-1.amazonaws.com'],
    ['us-gov-west-1', { fips: true }, 'fis.us-gov-west-1.amazonaws.com'],
    ['eu-west-1', { dualStack: true }, 'fis.eu-west-1.api.aws'],
    ['us-gov-west-1', { fips: true, dualStack: true }, 'fis-fips.us-gov-west-1.api.aws'],
  ])('in %s with %o calls %s', async (region, options, host) => {
    expect(await urlOf(region, options)).toBe(`https://${host}/safetyLevers/default`);
  });
});
