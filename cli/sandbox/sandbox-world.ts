import { type Clients, callsInFlight, makeClients } from '#aws/clients/clients.ts';
import type { Config } from '#core/config/config.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { Journal } from '#core/ports/journal.ts';
import type { World } from '#core/ports/world.ts';
import { faults } from '#faults/registry.ts';
import { describeConfiguration } from '#lib/config/deployed-configuration.ts';
import { monkeyName, outputs } from '#lib/outputs.ts';
import { Sandbox, type SandboxOptions } from '#sandbox/sandbox.ts';
import { demonstrationFleet, onboard } from '#sandbox/scenario.ts';
import type { Topic } from '#sandbox/sns/topic.ts';
import { masterRoleName } from '#target-role/names.ts';
import { masterWorld } from '#wiring/world.ts';
import { onboardUndo } from './onboard-undo.ts';

export interface SandboxWorld {
  readonly sandbox: Sandbox;
  /** Holds everything that was announced. */
  readonly topic: Topic;
  /** The outputs that the stack of this monkey would have. */
  readonly stackOutputs: Readonly<Record<string, string>>;
  /** Everything a run needs, with the same adapters as the deployed function. */
  readonly world: World;
  readonly clients: Clients;
}

/**
 * The accounts of the configuration in memory, onboarded and with a demonstration fleet. The configuration never leashes it, as
 * nothing real can be touched: `dryRun: false` in the request is enough to strike.
 */
export function sandboxWorld(parts: {
  readonly config: Config;
  readonly clock: Clock;
  readonly journal: Journal;
  /** 64 hex digits that determine the draws. */
  readonly newSecret: () => string;
  /** Left out: about as long as on AWS. */
  readonly timings?: SandboxOptions['timings'];
  /** What is in the accounts. Left out: the demonstration fleet. */
  readonly fleet?: (sandbox: Sandbox, config: Config) => void;
  readonly alsoTags?: readonly string[];
}): SandboxWorld {
  const { clock, timings = {}, fleet = demonstrationFleet } = parts;
  const config: Config = { ...parts.config, leashed: false, gates: noGates };
  const sandbox = new Sandbox({
    ...{ clock, timings },
    caller: { account: config.master.account, roleName: masterRoleName, sessionName: monkeyName },
  });
  const { table, topic, notRecoveredTopic } = onboard(sandbox, config);
  onboardUndo(sandbox, config);
  fleet(sandbox, config);

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
  return { sandbox, topic, stackOutputs, world, clients };
}

/** The sandbox has no alarms and no change calendars, and missing ones would close the gates. */
const noGates: Config['gates'] = {
  alarms: { organization: [], account: [] },
  changeCalendars: [],
  fisSafetyLever: false,
};
