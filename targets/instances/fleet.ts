import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { EC2Client } from '@aws-sdk/client-ec2';
import pMap from 'p-map';
import type { Clients } from '#aws/clients/clients.ts';
import type { Sessions } from '#aws/sessions.ts';
import type { Config } from '#core/config/config.ts';
import { type FailureStage, failure } from '#core/model/failure.ts';
import type { PartialResult } from '#core/model/partial-result.ts';
import type { RunContext } from '#core/model/run-context.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { Fleet } from '#core/ports/fleet.ts';
import { autoScalingGroupsNamed } from './auto-scaling-groups.ts';
import { inspectGroups } from './inspect.ts';
import { observeStrikes } from './observe.ts';
import { protectionsOfInstance } from './protections.ts';
import { type Place, type ReadClients, readers } from './read-clients.ts';
import { standaloneGroupsNamed } from './standalone-groups.ts';
import { surveyAccount } from './survey.ts';
import { tagReader } from './tags.ts';

/** Sees the groups of all target accounts, a read-only session each. */
export function awsFleet(parts: {
  readonly clients: Clients;
  readonly sessions: Sessions;
  readonly config: Config;
  readonly clock: Clock;
  /** Accounts under way at once. Their clients are held meanwhile, so this bounds memory as well. */
  readonly concurrency: number;
}): Fleet {
  const { config, concurrency } = parts;
  const eyes = { looking: readers(parts), tags: tagReader(config.tags) };

  /** Looks into the places that these are in, each by itself: one that cannot be looked at is a failure of that stage. */
  const everywhere = async <Item, Found>(
    items: readonly Item[],
    placeOf: (item: Item) => Place,
    when: { readonly stage: FailureStage; readonly run: RunContext; readonly deadline: number },
    lookAt: (
      items: readonly Item[],
      place: Place,
      look: ReadClients,
    ) => Promise<PartialResult<ReadonlyMap<string, Found>>>,
  ): Promise<PartialResult<ReadonlyMap<string, Found>>> => {
    const places = Map.groupBy(items, (item) => `${placeOf(item).account}/${placeOf(item).region}`);
    const answers = await pMap(
      places.values(),
      async ([first, ...others]) => {
        if (first === undefined) return { value: new Map<string, Found>(), failures: [] };
        const { account, region } = placeOf(first);
        const place = { account, region };
        try {
          const look = await eyes.looking.at(place, when.run, when.deadline);
          return await lookAt([first, ...others], place, look);
        } catch (error) {
          return {
            value: new Map<string, Found>(),
            failures: [failure(when.stage, error, place)],
          };
        }
      },
      { concurrency },
    );
    return {
      value: new Map(answers.flatMap(({ value: found }) => [...found])),
      failures: answers.flatMap(({ failures }) => failures),
    };
  };

  return {
    survey: async (accounts, run, see) => {
      const sweep = await pMap(accounts, (account) => surveyAccount(account, run, see, eyes), {
        concurrency,
      });
      const regions = sweep.flat();
      return {
        value: {
          seen: regions.flatMap(({ seen }) => seen),
          regionsSurveyed: regions.filter(({ failures }) => failures.length === 0).length,
        },
        failures: regions.flatMap(({ failures }) => failures),
      };
    },
    find: (places, name, run) =>
      everywhere(
        places,
        (place) => place,
        { stage: 'survey', run, deadline: run.surveyBy },
        async (_places, place, look) => {
          const groups = await Promise.all([
            autoScalingGroupsNamed(look(AutoScalingClient), place, [name], eyes.tags),
            standaloneGroupsNamed(look(EC2Client), place, [name], eyes.tags),
          ]);
          return { value: new Map(groups.flat().map((group) => [group.key, group])), failures: [] };
        },
      ),
    inspect: (groups, run) =>
      everywhere(
        groups,
        (group) => group,
        { stage: 'inspect', run, deadline: run.deadline },
        async (ofPlace, place, look) => ({
          value: await inspectGroups(ofPlace, place, look, config, eyes.tags),
          failures: [],
        }),
      ),
    protectionsOf: async ({ account, region, id }, run) => {
      const look = await eyes.looking.at({ account, region }, run, run.deadline);
      return protectionsOfInstance(look(EC2Client), id);
    },
    observe: (strikes, run) =>
      everywhere(
        strikes,
        ({ target }) => target,
        { stage: 'verify', run, deadline: run.surveyBy },
        (ofPlace, place, look) => observeStrikes(ofPlace, place, look, eyes.tags),
      ),
  };
}
