import type { Injector } from '#core/model/injector.ts';
import type { OnMoto } from './fault-case.ts';

export interface MotoCase extends Pick<OnMoto, 'parameters' | 'standIns'> {
  readonly id: string;
  /** By resource type. */
  arns(account: string): Readonly<Record<string, string>>;
  create(client: Injector['client']): Promise<unknown>;
  /** What the service says about it: equal before and after. */
  describe(client: Injector['client'], account: string): Promise<unknown>;
}

/** A resource on moto that is known by a name which the case chooses. */
export function motoCase({ id, arns, create, describe, ...rest }: MotoCase): OnMoto {
  return {
    ...rest,
    create: async (account, clients) => {
      const client: Injector['client'] = (service) => clients(service, account.scope());
      await create(client);
      return {
        target: { id, arns: arns(account.id) },
        describe: () => describe(client, account.id),
      };
    },
  };
}
