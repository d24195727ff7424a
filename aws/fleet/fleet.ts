import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { EC2Client } from '@aws-sdk/client-ec2';
import pMap from 'p-map';
import type { Config, TargetAccount } from '#core/config.ts';
import { DeadlineReached, failure } from '#core/errors.ts';
import { type Group, healthyMembers, type InspectedInstance } from '#core/group.ts';
import type { Clock, Fleet, RunContext } from '#core/ports.ts';
import type { Failure } from '#core/report.ts';
import type { Clients } from '../clients.ts';
import type { Session, Sessions } from '../sessions.ts';
import { autoScalingGroups } from './auto-scaling-groups.ts';
import { inspectInstances } from './inspect-instances.ts';
import { standaloneGroups } from './standalone-groups.ts';

/** Sees the groups of all target accounts, a look-only session each. */
export function awsFleet(parts: {
  readonly clients: Clients;
  readonly sessions: Sessions;
  readonly config: Config;
  readonly clock: Clock;
  /** Accounts under way at once. Their clients are held meanwhile, so this bounds memory as well. */
  readonly concurrency: number;
}): Fleet {
  const { clients, sessions, config, clock, concurrency } = parts;

  const open = async (account: TargetAccount, run: RunContext, deadline: number): Promise<Session> => {
    if (clock.now() >= deadline) throw new DeadlineReached('look at this account');
    return sessions.look(account, run);
  };
  const scopeOf = (region: string, session: Session, deadline: number) => ({
    region,
    deadline,
    ...(session && { credentials: session }),
  });

  const surveyRegion = async <Seen>(
    account: string,
    region: string,
    session: Session,
    run: RunContext,
    see: (group: Group) => Seen,
  ) => {
    const place = { account, region };
    const scope = scopeOf(region, session, run.surveyBy);
    const answers = await Promise.allSettled([
      autoScalingGroups(clients(AutoScalingClient, scope), place, config.tags),
      standaloneGroups(clients(EC2Client, scope), place, config.tags),
    ]);
    return {
      seen: answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value.map(see) : [])),
      failures: answers.flatMap((answer) =>
        answer.status === 'rejected' ? [failure('survey', answer.reason, place)] : [],
      ),
    };
  };

  const surveyAccount = async <Seen>(
    account: TargetAccount,
    run: RunContext,
    see: (group: Group) => Seen,
  ) => {
    try {
      const session = await open(account, run, run.surveyBy);
      return await Promise.all(
        account.regions.map((region) => surveyRegion(account.id, region, session, run, see)),
      );
    } catch (error) {
      const stage = error instanceof DeadlineReached ? 'survey' : 'assume-role';
      return [{ seen: [], failures: [failure(stage, error, { account: account.id })] }];
    }
  };

  /** The instances of groups that are all of one account and region. */
  const inspectRegion = async (groups: readonly Group[], run: RunContext) => {
    const found = new Map<string, readonly InspectedInstance[]>();
    const failures: Failure[] = [];
    const [first] = groups;
    const account = config.accounts.find(({ id }) => id === first?.account);
    if (first === undefined || account === undefined) return { found, failures };
    const place = { account: first.account, region: first.region };
    try {
      const session = await open(account, run, run.deadline);
      const ids = groups.flatMap((group) => healthyMembers(group).map(({ instanceId }) => instanceId));
      const instances = await inspectInstances(
        clients(EC2Client, scopeOf(place.region, session, run.deadline)),
        place,
        ids,
        config.tags,
      );
      for (const group of groups) {
        found.set(
          group.key,
          group.members.flatMap(({ instanceId }) => instances.get(instanceId) ?? []),
        );
      }
    } catch (error) {
      failures.push(failure('inspect', error, place));
    }
    return { found, failures };
  };

  return {
    survey: async (accounts, run, see) => {
      const sweep = await pMap(accounts, (account) => surveyAccount(account, run, see), { concurrency });
      const regions = sweep.flat();
      return {
        found: {
          seen: regions.flatMap(({ seen }) => seen),
          regionsSurveyed: regions.filter(({ failures }) => failures.length === 0).length,
        },
        failures: regions.flatMap(({ failures }) => failures),
      };
    },
    inspect: async (groups, run) => {
      const places = Map.groupBy(groups, ({ account, region }) => `${account}/${region}`);
      const answers = await pMap(places.values(), (place) => inspectRegion(place, run), { concurrency });
      return {
        found: new Map(answers.flatMap(({ found }) => [...found])),
        failures: answers.flatMap(({ failures }) => failures),
      };
    },
  };
}
