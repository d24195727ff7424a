import { partition } from '@aws-sdk/core/client';
import type { EndpointParameters, EndpointV2 } from '@smithy/types';

/** `https://fis.eu-west-1.amazonaws.com`, according to the service's endpoint rules. */
export function fisEndpoint({ Region, Endpoint, UseFIPS, UseDualStack }: EndpointParameters): EndpointV2 {
  if (Endpoint !== undefined) return { url: new URL(String(Endpoint)) };
  const region = String(Region);
  const { name, dnsSuffix, dualStackDnsSuffix } = partition(region);
  // GovCloud's ordinary endpoints are FIPS endpoints.
  const host = UseFIPS === true && (name !== 'aws-us-gov' || UseDualStack === true) ? 'fis-fips' : 'fis';
  return {
    url: new URL(`https://${host}.${region}.${UseDualStack === true ? dualStackDnsSuffix : dnsSuffix}`),
  };
}

/** Where a client's configuration holds the endpoint's parameters. */
export const endpointParameters = {
  UseFIPS: { type: 'builtInParams', name: 'useFipsEndpoint' },
  Endpoint: { type: 'builtInParams', name: 'endpoint' },
  Region: { type: 'builtInParams', name: 'region' },
  UseDualStack: { type: 'builtInParams', name: 'useDualstackEndpoint' },
} as const;
