import { makeClients } from '#aws/clients/clients.ts';
import { newSecret } from '#aws/new-ids.ts';
import type { ConfigInput } from '#core/config/config.ts';
import type { ChosenFault } from '#core/model/fault.ts';
import { faults } from '#faults/registry.ts';
import { silentJournal } from '#wiring/silent-journal.ts';
import { masterWorld } from '#wiring/world.ts';
import { aConfig } from '../support/a-config.ts';
import { aTarget } from '../support/a-target.ts';
import { deployedWorld, type Without } from '../support/deployed-world.ts';
import { everyFaultChoice, oneShotFaults } from '../support/every-fault-choice.ts';

export const masterId = '111111111111';
export const targetId = '222222222222';
export const optIn = { 'chaos:opt-in': 'true' };
const sharedCalendar = 'arn:aws:ssm:eu-west-1:333333333333:document/freeze-of-payments';

/** Every fault that is done once, in every variant. */
export const faultChoices = everyFaultChoice(oneShotFaults);

/** Whether a fault can strike standalone instances: without a group, they cannot be struck through one. */
export function isForStandalone({ name, parameters }: ChosenFault): boolean {
  const standalone = aTarget({ group: `${targetId}/eu-west-1/tag/workers` });
  return faults.get(name)?.unfit?.(standalone, parameters) === undefined;
}

/** The master is its own target; the other account has two regions. */
const widely = [masterId, { id: targetId, regions: ['eu-west-1', 'us-east-1'] }];

/**
 * The synthesized stacks with every feature enabled that makes a call, all signals good, and for each fault choice two groups per account
 * and region: `web-N`, which recovers from the strike, and `workers-N`, which does not.
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
  for (const { id, regions } of config.accounts) {
    for (const name of regions) {
      const region = sandbox.account(id).region(name);
      region.alarm('customers', 'OK');
      region.alarm('errors', 'OK');
      const zones = [`${name}a`, `${name}b`];
      for (const [index, choice] of faultChoices.entries()) {
        region.autoScalingGroup({ name: `web-${index}`, desired: 4, zones, tags });
        if (!isForStandalone(choice)) continue;
        for (const zone of [...zones, ...zones]) {
          region.instance({ zone, tags: { ...tags, 'chaos:group': `workers-${index}` } });
        }
      }
    }
  }
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
  return { ...deployment, config, world };
}
export type FullDeployment = ReturnType<typeof aFullDeployment>;
