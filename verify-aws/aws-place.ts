import { makeClients } from '#aws/clients/clients.ts';
import { systemClock as clock } from '#aws/clients/clock.ts';
import { awsMaker } from './aws-maker.ts';
import type { Place } from './bench.ts';

/** The account of the default credentials. */
export function awsPlace(account: string, region: string, newId: () => string): Place {
  const clients = makeClients({ clock, concurrency: 16 });
  return { account, region, clock, clients, isSandbox: false, newId, makerOf: awsMaker };
}
