import type { SeededRandom } from '../histories/seeded-random.ts';
import type { ControlPlane } from './control-plane.ts';
import { watchDeadlines } from './deadlines.ts';
import { clean, strike } from './functions.ts';
import type { Death } from './life.ts';
import { setTags, tagsOf } from './places.ts';
import type { Deeds, Invariants } from './undo-invariants.ts';
import type { EnrolledPlace, UndoOrganization } from './undo-organization.ts';

export interface Event {
  /** Ms since the beginning. */
  readonly at: number;
  readonly happens: () => Promise<void>;
}

export interface History {
  readonly world: UndoOrganization;
  readonly planes: readonly ControlPlane[];
  readonly deeds: Deeds;
  readonly held: Pick<Invariants, 'changes'>;
  readonly random: SeededRandom;
  readonly say: (text: string) => void;
  readonly count: (what: string) => void;
}

const minuteMs = 60_000;
/** Until then things happen; strikes begin in the first half of it. */
const lengthMinutes = 14;
const quietly = async () => {};

/** All that happens, in the order of its time: strikes, rounds of the janitors, and what others do. */
export function randomEvents(history: History): readonly Event[] {
  const { random } = history;
  const looks = Array.from({ length: lengthMinutes * 3 }, (_, index) => ({
    at: index * 20_000 + 7_000,
    happens: quietly,
  }));
  return [
    ...looks,
    ...history.planes.flatMap((plane) => [
      ...strikes(plane, history, random.split()),
      ...rounds(plane, history, random.split()),
      ...misfortunes(plane, history, random.split()),
    ]),
    ...history.world.places.flatMap((place) => deedsOfOwners(place, history, random.split())),
  ].sort((a, b) => a.at - b.at);
}

function strikes(plane: ControlPlane, history: History, random: SeededRandom): readonly Event[] {
  const { world, say, count } = history;
  const theirs = world.places.filter(({ owner }) => owner === 'theirs');
  let last = 0;
  return Array.from({ length: random.int(2, 6) }, () => {
    const place = random.chance(0.8) ? random.pick(theirs) : random.pick(world.places);
    const minutes = random.pick([1, 2, 3, 5, 12]);
    const planned = { place, blow: random.pick(place.blows), minutes, isFatal: random.chance(0.15) };
    const death = deathOf(random, 0.35, 40);
    const at = random.int(0, (lengthMinutes / 2) * minuteMs);
    // Many when the janitor is about to begin a round, or beside another strike.
    last = random.pick([at, Math.ceil(at / minuteMs) * minuteMs - random.int(0, 8_000), last]);
    return {
      at: last,
      happens: async () => {
        if (plane.isDestroyed) return;
        say(`${plane.name} strikes ${place.account} by ${planned.blow.fault.name}, ${planned.minutes} min`);
        const ending = await strike(plane, planned, death, world);
        say(`${plane.name} has struck ${place.account}: ${ending}`);
        count(`runs that ${ending}`);
      },
    };
  });
}

/** Rounds of a janitor, one a minute. */
export function rounds(
  plane: ControlPlane,
  history: History,
  random: SeededRandom,
  minutes = lengthMinutes,
): readonly Event[] {
  const { world, planes, deeds, held, count } = history;
  const outage = random.chance(0.4) ? [random.int(0, 8), random.int(9, lengthMinutes)] : [0, 0];
  return Array.from({ length: minutes }, (_, minute) => {
    const death = deathOf(random, 0.15, 30);
    const order = random.chance(0.03) ? { all: true } : {};
    const isOut = minute >= (outage[0] ?? 0) && minute < (outage[1] ?? 0);
    return {
      at: minute * minuteMs + random.int(0, 3_000),
      happens: async () => {
        if (plane.isForsaken || isOut) return;
        const isTroubled = death !== undefined || world.weather.storm > 0;
        const watched = isTroubled ? undefined : await watchDeadlines(plane, planes, world, deeds, held);
        if ('all' in order) deeds.undoneAll.add(plane);
        const ending = await clean(plane, order, death, world);
        count(`rounds that ${ending}`);
        if (watched !== undefined && (await world.clock.inTurn(watched)) > 0) count('rounds on time');
      },
    };
  });
}

export function deathOf(random: SeededRandom, probability: number, calls: number): Death | undefined {
  if (!random.chance(probability)) return undefined;
  return { atCall: random.int(1, calls), when: random.pick(['before', 'after', 'late'] as const) };
}

/** What befalls a control plane: a stop, the end of its janitor, its own end. */
function misfortunes(
  plane: ControlPlane,
  { world: { clock }, deeds, say, count }: History,
  random: SeededRandom,
): readonly Event[] {
  const what = random.pick(['nothing', 'nothing', 'stop', 'stop', 'no janitor', 'destroyed'] as const);
  if (what === 'nothing') return [];
  const happens = async () => {
    say(`${plane.name}: ${what}`);
    count(what);
    if (what === 'destroyed') return plane.destroy();
    if (what === 'no janitor') {
      plane.isForsaken = true;
      return;
    }
    const stop = { reason: 'r', by: 'b', at: new Date(clock.now()).toISOString() };
    await clock.inTurn(() => plane.ledger.setStop(stop));
    deeds.stoppedSince.set(plane, clock.now());
  };
  return [{ at: random.int(30_000, lengthMinutes * minuteMs), happens }];
}

export function deedsOfOwners(
  place: EnrolledPlace,
  history: History,
  random: SeededRandom,
): readonly Event[] {
  if (place.owner !== 'theirs') return [];
  const { world, planes, deeds, say, count } = history;
  const { clock } = world;
  const said = (what: string) => {
    say(`${place.account}: ${what}`);
    count(what);
  };
  const keepOut = (what: string) => {
    said(what);
    deeds.meddled.add(place);
  };
  const soon = () => clock.sleep(random.int(1, 5) * minuteMs);
  const acts: readonly (() => Promise<void>)[] = [
    async () => {
      // Between a read of ours and a write, it might be lost: where AWS has no revisions, nothing else is promised.
      while (planes.some((plane) => plane.isWriting())) await clock.sleep(1_000);
      if (place.isDeleted || deeds.foreign.has(place)) return;
      try {
        place.resource.change('active');
      } catch {
        // DynamoDB takes no two changes of a policy within 15 s, whoever makes them.
        return said('could not be changed by somebody else');
      }
      said('changed by somebody else');
      deeds.foreign.set(place, clock.now());
      place.twin.change('active');
    },
    async () => {
      keepOut('opted out');
      setTags(place, { 'chaos:opt-in': 'false' });
    },
    async () => {
      keepOut('tag removed');
      setTags(place, {});
      await soon();
      setTags(place, tagsOf.theirs);
    },
    async () => {
      keepOut('undo role removed');
      place.undoRole.remove();
      await soon();
      place.undoRole.giveBack();
    },
    async () => {
      said('deleted');
      place.isDeleted = true;
      place.resource.delete();
    },
  ];
  return Array.from({ length: random.pick([0, 0, 0, 1, 1, 2]) }, () => ({
    at: random.int(0, (lengthMinutes - 1) * minuteMs),
    happens: random.pick([...acts, ...acts.slice(0, 2), ...acts.slice(0, 1)]),
  }));
}
