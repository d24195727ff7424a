import { makeClients } from '#aws/clients/clients.ts';
import { newSecret } from '#aws/new-ids.ts';
import { assumedSessions } from '#aws/sessions.ts';
import type { ConfigInput } from '#core/config/config.ts';
import type { ChosenFault } from '#core/model/fault.ts';
import type { World } from '#core/ports/world.ts';
import { faults } from '#faults/registry.ts';
import { awsWorld, masterAnnouncer, masterLedger } from '#wiring/world.ts';
import { aConfig } from '../support/a-config.ts';
import { aTarget } from '../support/a-target.ts';
import { deployedWorld, type Without } from '../support/deployed-world.ts';
import { everyChoice } from '../support/every-choice.ts';

export const masterId = '111111111111';
export const targetId = '222222222222';
export const optIn = { 'chaos:opt-in': 'true' };
const sharedCalendar = 'arn:aws:ssm:eu-west-1:333333333333:document/freeze-of-payments';

/** Every fault in every form it has. */
export const choices = everyChoice(faults);

/** Who has no group cannot be struck by way of it. */
export function isForStandalone({ name, parameters }: ChosenFault): boolean {
  const standalone = aTarget({ group: `${targetId}/eu-west-1/tag/workers` });
  const traits = { rootDevice: 'ebs', purchase: undefined, managedBy: undefined };
  return faults.get(name)?.unfit?.(standalone, traits, parameters) === undefined;
}

/** The master is its own target; the other account has two regions. */
const widely = [masterId, { id: targetId, regions: ['eu-west-1', 'us-east-1'] }];

/**
 * The synthesized stacks with everything turned on that makes a call, every signal good, and for each choice two groups in
 * each place: `web-N`, which recovers from what it is struck with, and `workers-N`, which does not.
 */
export function aDeployment(accounts: ConfigInput['accounts'] = widely, without: Without = {}) {
  const many = { organization: 100, account: 100, region: 100, app: 100, group: 1 };
  const config = aConfig({
    accounts,
    faults: [...faults.keys()],
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
      for (const [index, choice] of choices.entries()) {
        region.autoScalingGroup({ name: `web-${index}`, desired: 4, zones, tags });
        if (!isForStandalone(choice)) continue;
        for (const zone of [...zones, ...zones]) {
          region.instance({ zone, tags: { ...tags, 'chaos:group': `workers-${index}` } });
        }
      }
    }
  }
  const clients = makeClients({ clock, concurrency: 16, transport: sandbox.transport });
  const world: World = awsWorld({
    config,
    faults,
    clock,
    clients,
    sessions: assumedSessions(clients, config.master.region),
    ledger: masterLedger({ config, clock, clients, tableName: environment.TABLE_NAME, newSecret }),
    announcer: masterAnnouncer({
      config,
      clients,
      tableName: environment.TABLE_NAME,
      topicArn: environment.TOPIC_ARN,
      notRecoveredTopicArn: environment.NOT_RECOVERED_TOPIC_ARN,
    }),
    journal: {
      begun: () => {},
      decided: () => {},
      struck: () => {},
      verified: () => {},
      failed: () => {},
      ended: () => {},
    },
  });
  return { ...deployment, config, world };
}
export type Deployment = ReturnType<typeof aDeployment>;
