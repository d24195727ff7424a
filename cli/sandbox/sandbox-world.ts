import { callsInFlight, makeClients } from '#aws/clients/clients.ts';
import type { Config } from '#core/config/config.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { Journal } from '#core/ports/journal.ts';
import type { World } from '#core/ports/world.ts';
import { faults } from '#faults/registry.ts';
import { describeConfiguration } from '#lib/config/deployed-configuration.ts';
import { monkeyName, outputs } from '#lib/outputs.ts';
import { Sandbox } from '#sandbox/sandbox.ts';
import { demonstrationFleet, onboard } from '#sandbox/scenario.ts';
import type { Topic } from '#sandbox/sns/topic.ts';
import { masterRoleName } from '#target-role/names.ts';
import { masterWorld } from '#wiring/world.ts';

export interface SandboxWorld {
  readonly sandbox: Sandbox;
  /** What was announced. */
  readonly topic: Topic;
  /** What the stack of the monkey here would say of itself. */
  readonly stackOutputs: Readonly<Record<string, string>>;
  /** All that a run needs, on the same adapters as the deployed function. */
  readonly world: World;
}

/**
 * The accounts of the configuration in memory, onboarded and with a fleet to look at. Never leashed by the configuration, as
 * nothing real can be touched: a request's `dryRun: false` is enough.
 */
export function sandboxWorld(parts: {
  readonly config: Config;
  readonly clock: Clock;
  readonly journal: Journal;
  /** 64 hex digits: what the draws hang on. */
  readonly newSecret: () => string;
}): SandboxWorld {
  const { clock } = parts;
  const config: Config = { ...parts.config, leashed: false, gates: noGates };
  const sandbox = new Sandbox({
    clock,
    caller: { account: config.master.account, roleName: masterRoleName, sessionName: monkeyName },
  });
  const { table, topic, notRecoveredTopic } = onboard(sandbox, config);
  demonstrationFleet(sandbox, config);

  const clients = makeClients({ clock, concurrency: callsInFlight, transport: sandbox.transport });
  const world = masterWorld({
    ...parts,
    config,
    faults,
    clients,
    deployed: {
      tableName: table.name,
      topicArn: topic.arn,
      notRecoveredTopicArn: notRecoveredTopic.arn,
    },
  });
  const stackOutputs = {
    [outputs.function]: monkeyName,
    [outputs.table]: table.name,
    [outputs.topic]: topic.arn,
    [outputs.configuration]: describeConfiguration(config),
  };
  return { sandbox, topic, stackOutputs, world };
}

/** An alarm or a change calendar that is not there is taken for the worst it could be, and here there are none. */
const noGates: Config['gates'] = {
  alarms: { organization: [], account: [] },
  changeCalendars: [],
  fisSafetyLever: false,
};
