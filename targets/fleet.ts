import pMap from 'p-map';
import type { Clients } from '#aws/clients/clients.ts';
import type { Sessions } from '#aws/sessions.ts';
import type { Config } from '#core/config/config.ts';
import { enabledFaults, enabledKinds } from '#core/config/enabled-faults.ts';
import { type FailureStage, failure } from '#core/model/failure.ts';
import type { FaultRegistry } from '#core/model/fault.ts';
import type { PartialResult } from '#core/model/partial-result.ts';
import type { RunContext } from '#core/model/run-context.ts';
import { readActions } from '#core/permissions/read-policy.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { Fleet } from '#core/ports/fleet.ts';
import { UnknownKind } from '#core/ports/kind.ts';
import { parsedTarget } from '#core/ports/parsed-target.ts';
import { checkPermissions } from './check-permissions.ts';
import type { KindReader } from './kind-reader.ts';
import { readOtherHits } from './other-hits.ts';
import { clientReaders, type Place, type ReadClients } from './read-clients.ts';
import { surveyAccount } from './survey.ts';
import { tagReader } from './tags.ts';

type Found<Value> = PartialResult<ReadonlyMap<string, Value>>;

/** Reads the groups of all target accounts, with a read-only session in each. */
export function awsFleet(parts: {
  readonly readers: readonly KindReader[];
  readonly clients: Clients;
  readonly sessions: Sessions;
  readonly config: Config;
  readonly faults: FaultRegistry;
  readonly clock: Clock;
  /** How many accounts are read at once. Also bounds memory, as each account in progress holds its clients. */
  readonly concurrency: number;
  /** Keys of tags that are read besides the configuration's. */
  readonly alsoTags?: readonly string[];
}): Fleet {
  const { config, faults, concurrency } = parts;
  const kinds = enabledKinds(
    config,
    faults,
    parts.readers.map(({ of }) => of),
  );
  const readers = parts.readers.filter(({ of }) => kinds.includes(of));
  const looking = clientReaders({ ...parts, kinds, faults: enabledFaults(config, faults) });
  const actions = readActions(kinds, enabledFaults(config, faults));
  const tags = tagReader(config.tags, parts.alsoTags);
  const named = (name: string) => readers.find(({ of }) => of.kind === name);

  /**
   * Reads these items in their places, one kind at a time. A place that cannot be read, or one kind of target in it, is a failure of
   * this stage.
   */
  const everywhere = async <Item, Value>(
    items: readonly Item[],
    placeOf: (item: Item) => Place,
    kindOf: (item: Item) => KindReader | undefined,
    when: { readonly stage: FailureStage; readonly run: RunContext; readonly deadline: number },
    lookAt: (
      kind: KindReader,
      items: readonly Item[],
      place: Place,
      look: ReadClients,
    ) => Promise<Found<Value>>,
  ): Promise<Found<Value>> => {
    const orFailure = (place: Place, found: Promise<Found<Value>>) =>
      found.catch((error: unknown) => ({
        value: new Map<string, Value>(),
        failures: [failure(when.stage, error, place)],
      }));
    const into = async (place: Place, ofPlace: readonly Item[]) => {
      const look = await looking.at(place, when.run, when.deadline);
      const ofKinds = [...Map.groupBy(ofPlace, kindOf)].map(([kind, ofKind]) =>
        orFailure(place, kind === undefined ? unknownKind() : lookAt(kind, ofKind, place, look)),
      );
      return together(await Promise.all(ofKinds));
    };
    const places = Map.groupBy(items, (item) => `${placeOf(item).account}/${placeOf(item).region}`);
    const answers = await pMap(
      places.values(),
      async ([first, ...others]) => {
        if (first === undefined) return together<Value>([]);
        const { account, region } = placeOf(first);
        const place = { account, region };
        return orFailure(place, into(place, [first, ...others]));
      },
      { concurrency },
    );
    return together(answers);
  };

  return {
    survey: async (accounts, run, see) => {
      const sweep = await pMap(
        accounts,
        (account) => surveyAccount(account, run, see, { readers, looking, tags, config }),
        { concurrency },
      );
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
        places.flatMap((place) => readers.map((reader) => ({ ...place, reader }))),
        (one) => one,
        ({ reader }) => reader,
        { stage: 'survey', run, deadline: run.surveyBy },
        async (kind, _, place, look) => {
          const groups = await kind.find(name, look, place, tags, config);
          return { value: new Map(groups.map((group) => [group.key, group])), failures: [] };
        },
      ),
    inspect: (groups, run) =>
      everywhere(
        groups,
        (group) => group,
        (group) => readers.find(({ of }) => of.groupKinds.includes(group.kind)),
        { stage: 'inspect', run, deadline: run.deadline },
        async (kind, ofKind, place, look) => ({
          value: await kind.inspect(ofKind, place, look, config, tags, parts.clock.now()),
          failures: [],
        }),
      ),
    protectionsOf: async (target, run) => {
      const { account, region, kind } = target;
      const reader = named(kind) ?? (await unknownKind());
      if (reader.protectionsOf === undefined) return [];
      return reader.protectionsOf(target, await looking.at({ account, region }, run, run.deadline));
    },
    prepare: async ({ target, fault: { name, parameters } }, run) => {
      const fault = faults.get(name);
      if (fault?.lasts !== true) throw new Error(`no fault that lasts is named ${name}`);
      const look = await looking.at(target, run, run.deadline);
      const prepared = await fault.prepare({ client: look }, parsedTarget(target, kinds), parameters);
      if ('unfit' in prepared) return prepared;
      const others = await readOtherHits(prepared.hits, target, {
        ...{ readers: parts.readers, looking, tags, config, actions, run },
      });
      return others.length === 0 ? prepared : { ...prepared, others };
    },
    permissions: (strikes, run) => checkPermissions(strikes, run, { looking, config, faults }),
    observe: (strikes, run) =>
      everywhere(
        strikes,
        ({ target }) => target,
        ({ target }) => named(target.kind),
        { stage: 'verify', run, deadline: run.surveyBy },
        (kind, ofKind, place, look) => kind.observe(ofKind, place, look, tags),
      ),
  };
}

function together<Value>(parts: readonly Found<Value>[]): Found<Value> {
  return {
    value: new Map(parts.flatMap(({ value }) => [...value])),
    failures: parts.flatMap(({ failures }) => failures),
  };
}

async function unknownKind(): Promise<never> {
  throw new UnknownKind('this version does not know targets of this kind');
}
