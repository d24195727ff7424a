import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { GetCalendarStateCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { Config } from '#core/config/config.ts';
import type { Signals } from '#core/ports/signals.ts';
import type { Clients } from '../clients/clients.ts';
import { alarmStates } from './alarms.ts';

/** How long each is asked again: a run has not begun before they have answered. */
const patienceMs = 4_000;

/** The signals of the master account and region, asked for with the process's own credentials; none is asked for in vain. */
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

/** Asked one by one: of several in one call, AWS says that one is closed and not which. */
async function closedCalendars(client: SSMClient, names: readonly string[]): Promise<readonly string[]> {
  const states = await Promise.all(
    names.map(async (name) => {
      const { State } = await client.send(new GetCalendarStateCommand({ CalendarNames: [name] }));
      return { name, isOpen: State === 'OPEN' };
    }),
  );
  return states.filter(({ isOpen }) => !isOpen).map(({ name }) => name);
}
