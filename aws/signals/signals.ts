import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { GetCalendarStateCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { Config } from '#core/config/config.ts';
import type { Signals } from '#core/ports/signals.ts';
import type { Clients } from '../clients/clients.ts';
import { alarmStates } from './alarms.ts';

/** How long each call is retried: a run does not start before it has the answers. */
const patienceMs = 4_000;

/** Reads the signals of the master account and region with the process's own credentials. Only configured signals are queried. */
export function masterSignals({
  config: { master, gates },
  clients,
}: {
  readonly config: Config;
  readonly clients: Clients;
}): Signals {
  const scope = { region: master.region, patienceMs };
  return {
    alarms: () => alarmStates(clients(CloudWatchClient, scope), gates.alarms.organization),
    closedCalendars: () => closedCalendars(clients(SSMClient, scope), gates.changeCalendars),
  };
}

/** One call per calendar: for several in one call, AWS does not say which one is closed. */
async function closedCalendars(client: SSMClient, names: readonly string[]): Promise<readonly string[]> {
  const states = await Promise.all(
    names.map(async (name) => {
      const { State } = await client.send(new GetCalendarStateCommand({ CalendarNames: [name] }));
      return { name, isOpen: State === 'OPEN' };
    }),
  );
  return states.filter(({ isOpen }) => !isOpen).map(({ name }) => name);
}
