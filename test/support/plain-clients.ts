import type { ClientScope, Clients } from '#aws/clients/clients.ts';
import type { SdkClient, SdkClientClass } from '#core/model/injector.ts';

/**
 * Clients of a server at `endpoint` as the SDK makes them, without our time limits: a machine that is slow is no AWS that does
 * not answer, and what is asked for again is made twice.
 */
export function plainClients(endpoint: string): Clients {
  const make = <Client extends SdkClient>(
    service: SdkClientClass<Client>,
    { region, credentials = anybody }: ClientScope,
  ): Client => {
    const configuration = { region, endpoint, credentials };
    return new service(configuration);
  };
  return Object.assign(make, { skew: { offsetMs: () => undefined }, apart: () => plainClients(endpoint) });
}

const anybody = { accessKeyId: 'any', secretAccessKey: 'any' };
