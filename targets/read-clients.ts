import type { Clients } from '#aws/clients/clients.ts';
import type { Sessions } from '#aws/sessions.ts';
import type { Config, TargetAccount } from '#core/config/config.ts';
import { DeadlineReached } from '#core/model/failure.ts';
import type { Fault } from '#core/model/fault.ts';
import type { SdkClient, SdkClientClass } from '#core/model/injector.ts';
import type { RunContext } from '#core/model/run-context.ts';
import type { TargetKind } from '#core/model/target.ts';
import { readPolicy, simulateAction } from '#core/permissions/read-policy.ts';
import type { Clock } from '#core/ports/clock.ts';

/** An account and region. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** Makes clients in one account and region, under a read-only session. */
export type ReadClients = <Client extends SdkClient>(service: SdkClientClass<Client>) => Client;

/** Opens target accounts for reading. Both methods throw STS's errors, and `DeadlineReached` if it is too late to start. */
export interface Readers {
  inAccount(
    account: TargetAccount,
    run: RunContext,
    deadline: number,
  ): Promise<(region: string) => ReadClients>;
  /** Throws `NotConfigured` for a place that is not in the configuration. */
  at(place: Place, run: RunContext, deadline: number): Promise<ReadClients>;
}

export class NotConfigured extends Error {
  override readonly name = 'NotConfigured';
}

export function clientReaders(parts: {
  readonly clients: Clients;
  readonly sessions: Sessions;
  readonly config: Config;
  readonly clock: Clock;
  readonly kinds: readonly Pick<TargetKind, 'readPermissions'>[];
  /** Those that are enabled: preparing them reads, too. */
  readonly faults: readonly Fault[];
}): Readers {
  const { kinds, faults, clients, sessions, config, clock } = parts;
  const accounts = new Map(config.accounts.map((account) => [account.id, account]));

  // Where what lasts is enabled, leashed runs ask IAM, if the role may.
  const asks: typeof kinds = faults.some(({ lasts }) => lasts)
    ? [{ readPermissions: [{ action: simulateAction }] }]
    : [];
  const policyIn = ({ regions }: TargetAccount) => readPolicy([...kinds, ...asks], faults, regions);

  const into: Readers['inAccount'] = async (account, run, deadline) => {
    if (clock.now() >= deadline) throw new DeadlineReached('look at this account');
    const session = await sessions.openReadOnly(account, policyIn(account), run);
    return (region) => (service) =>
      clients(service, { region, deadline, ...(session && { credentials: session }) });
  };
  return {
    inAccount: into,
    at: async ({ account: id, region }, run, deadline) => {
      const account = accounts.get(id);
      if (account === undefined) throw new NotConfigured(`account ${id} is not in the configuration`);
      if (!account.regions.includes(region)) {
        throw new NotConfigured(`${region} is not among the regions of account ${id}`);
      }
      return (await into(account, run, deadline))(region);
    },
  };
}
