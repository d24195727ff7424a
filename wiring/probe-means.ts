import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { Clients } from '#aws/clients/clients.ts';
import { isPassing } from '#aws/clients/is-passing.ts';
import type { Sessions } from '#aws/sessions.ts';
import type { Config } from '#core/config/config.ts';
import { partitionOf } from '#core/model/aws-names.ts';
import { type RunContext, runIdOf } from '#core/model/run-context.ts';
import { probePolicy } from '#core/permissions/probe-policy.ts';
import type { Clock } from '#core/ports/clock.ts';
import { findKind, type Kind, keyParts } from '#core/ports/kind.ts';
import type { ProbeMeans } from '#core/ports/probe.ts';
import type { World } from '#core/ports/world.ts';
import { callsBy } from '#probes/shared/calls-by.ts';
import { NotConfigured } from '#targets/read-clients.ts';

/** A session lasts 15 minutes, and is opened anew well before: an experiment may last for hours. */
const sessionMs = 10 * 60_000;

/**
 * After so long, what was refused is asked for again: a role that was just deployed is not known everywhere at once. Well before 10
 * seconds, after which a stop condition that cannot be read ends the experiment.
 */
const refusalMs = 5_000;

/** Longer than any sample may take: a connection that does not come about is bad by the sample's own clock. */
const longestSampleMs = 90_000;

/** What probes measure with: a read-only session of their own in each target account. `loopback`: on a laptop's sandbox only. */
export function probeMeans(parts: {
  readonly config: Config;
  readonly clock: Clock;
  readonly clients: Clients;
  readonly sessions: Sessions;
  readonly fleet: World['fleet'];
  readonly kinds: readonly Kind[];
  /** 8 hex digits. */
  readonly newId: () => string;
  readonly loopback: boolean;
}): ProbeMeans {
  const { config, clock, clients, sessions, fleet, kinds, newId, loopback } = parts;
  const { region: masterRegion } = config.master;
  const calls = callsBy('target');
  // A sampler bounds its samples on their way, and a file those of all: a queue in between would make one that hangs spoil the others.
  const own = clients.apart({ concurrency: Number.POSITIVE_INFINITY, connectionTimeoutMs: longestSampleMs });
  let current: RunContext | undefined;
  const context = (): RunContext => {
    const now = clock.now();
    if (current === undefined || now >= current.deadline) {
      const deadline = now + sessionMs;
      current = { runId: runIdOf(now, newId()), deadline, surveyBy: deadline };
    }
    return current;
  };
  return {
    clock,
    stopwatch: () => performance.now(),
    allowed: { hosts: config.experiments.hosts, loopback },
    clients: async ({ account: id, region }) => {
      const account = config.accounts.find((one) => one.id === id);
      if (account === undefined || !account.regions.includes(region)) {
        throw new NotConfigured(`${region} of account ${id} is not in the configuration`);
      }
      const place = { partition: partitionOf(masterRegion), account: id };
      const policy = probePolicy(calls, place, account.regions);
      const run = context();
      const credentials = await sessions.openReadOnly(account, policy, run).catch((error: unknown) => {
        if (current === run) current = { ...run, deadline: Math.min(run.deadline, clock.now() + refusalMs) };
        throw error;
      });
      return (service) => own(service, { region, patienceMs: 0, ...(credentials && { credentials }) });
    },
    isPassing,
    secret: async (Name) => {
      const ssm = own(SSMClient, { region: masterRegion, patienceMs: 4_000 });
      const { Parameter } = await ssm.send(new GetParameterCommand({ Name, WithDecryption: true }));
      return Parameter?.Value ?? '';
    },
    health: async (key) => {
      const group = keyParts(kinds, key);
      if (group === undefined) throw new Error(`${key} is not the key of a group`);
      const { value, failures } = await fleet.find([group], group.name, context());
      const found = value.get(key);
      if (found === undefined && failures[0] !== undefined) throw new Error(failures[0].message);
      return found && findKind(kinds, found).health(found);
    },
  };
}
