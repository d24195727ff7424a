import { makeClients } from '#aws/clients/clients.ts';
import { newSecret } from '#aws/new-ids.ts';
import type { ConfigInput } from '#core/config/config.ts';
import { faults } from '#faults/registry.ts';
import { silentJournal } from '#wiring/silent-journal.ts';
import { masterWorld } from '#wiring/world.ts';
import { aConfig } from '../support/a-config.ts';
import { deployedWorld, type Without } from '../support/deployed-world.ts';
import { everyFaultChoice, oneShotFaults } from '../support/every-fault-choice.ts';
import type { Fates, KindFleet } from './kind-fleet.ts';

export const masterId = '111111111111';
export const targetId = '222222222222';
export const optIn = { 'chaos:opt-in': 'true' };
const sharedCalendar = 'arn:aws:ssm:eu-west-1:333333333333:document/freeze-of-payments';

/** Every fault that is done once, in every variant. */
export const faultChoices = everyFaultChoice(oneShotFaults);

const fleets = Object.values(
  import.meta.glob<KindFleet>('../targets/*/fleet.ts', { eager: true, import: 'fleet' }),
);

/** The master is its own target; the other account has two regions. */
const widely = [masterId, { id: targetId, regions: ['eu-west-1', 'us-east-1'] }];

/**
 * The synthesized stacks with every feature enabled that makes a call, all signals good, and for each fault choice groups of its kind in
 * each account and region: `fates` has them in the order of the choices.
 */
export function aFullDeployment(accounts: ConfigInput['accounts'] = widely, without: Without = {}) {
  const many = { organization: 100, account: 100, region: 100, app: 100, group: 1 };
  const config = aConfig({
    accounts,
    faults: [...oneShotFaults.keys()],
    budgets: { perDay: many, unverified: many },
    gates: {
      alarms: { organization: ['all-of-it'], account: ['customers'] },
      changeCalendars: ['freeze', sharedCalendar],
      fisSafetyLever: true,
    },
    notifications: { dailyPlan: true },
  });
  const deployment = deployedWorld(config, without);
  const { sandbox, clock, environment } = deployment;
  const home = sandbox.account(masterId).region(config.master.region);
  home.alarm('all-of-it', 'OK', 'CompositeAlarm');
  home.calendar('freeze', 'OPEN');
  sandbox.account('333333333333').region('eu-west-1').calendar('freeze-of-payments', 'OPEN');
  const tags = { ...optIn, 'chaos:alarm': 'errors', 'chaos:app': 'shop' };
  const regions = config.accounts.flatMap(({ id, regions: names }) =>
    names.map((name) => sandbox.account(id).region(name)),
  );
  for (const region of regions) {
    region.alarm('customers', 'OK');
    region.alarm('errors', 'OK');
  }
  const numbers = new Map<KindFleet, number>();
  const fates = faultChoices.map(({ name, parameters }): Fates => {
    const fault = faults.get(name);
    const fleet = fleets.find(({ kind }) => kind === fault?.kind);
    if (fault === undefined || fleet === undefined)
      throw new Error(`no test/targets/*/fleet.ts is for ${name}`);
    const number = numbers.get(fleet) ?? 0;
    numbers.set(fleet, number + 1);
    const choice = { fault, parameters, number, tags };
    return Object.assign({}, ...regions.map((region) => fleet.put(region, choice)));
  });
  const world = masterWorld({
    config,
    faults,
    clock,
    clients: makeClients({ clock, concurrency: 16, transport: sandbox.transport }),
    newSecret,
    deployed: {
      tableName: environment.TABLE_NAME,
      topicArn: environment.TOPIC_ARN,
      notRecoveredTopicArn: environment.NOT_RECOVERED_TOPIC_ARN,
    },
    journal: silentJournal,
  });
  return { ...deployment, config, world, fates };
}
export type FullDeployment = ReturnType<typeof aFullDeployment>;
