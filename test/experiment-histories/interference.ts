import type { Alarm } from '#core/model/group.ts';
import type { SeededRandom } from '../histories/seeded-random.ts';
import { clean } from '../undo-histories/functions.ts';
import { deedsOfOwners, type Event, type History } from '../undo-histories/random-events.ts';
import type { EnrolledPlace } from '../undo-histories/undo-organization.ts';
import type { Execution } from './execution.ts';
import type { Interference } from './experiment-invariants.ts';
import { alarmPlace } from './random-experiment.ts';

interface Parts extends History {
  readonly id: string;
  readonly execution: () => Execution;
  readonly interference: Interference;
  readonly alarm: { state: Alarm['state'] };
  readonly hasStopCondition: boolean;
  /** Whether a fault is in place, and nobody is injecting another. */
  readonly isWatching: () => Promise<boolean>;
}

/** Two looks at a stop, or at an alarm every five seconds, and some calls. */
const noticedMs = 8_000;

const lengthMs = 8 * 60_000;

/** What others do while an experiment runs. */
export function randomInterference(parts: Parts, random: SeededRandom): readonly Event[] {
  const { world, planes, deeds } = parts;
  const [plane] = planes;
  if (plane === undefined || random.chance(0.45)) return [];
  const { clock } = world;
  const theirs = world.places.filter(({ owner }) => owner === 'theirs');
  const stamp = () => ({ by: 'bob', reason: 'too loud', at: new Date(clock.now()).toISOString() });
  const said = (what: string) => {
    parts.say(what);
    parts.count(what);
  };
  const stopped = async () => {
    const { interference } = parts;
    if (interference.stoppedAt !== undefined) return;
    interference.stoppedAt = clock.now();
    if (!interference.isSlow && (await parts.isWatching())) interference.undoBy = clock.now() + noticedMs;
  };
  const keepOut = (place: EnrolledPlace) => {
    if (!parts.interference.keptOut.has(place)) parts.interference.keptOut.set(place, clock.now());
  };
  const acts: readonly (() => Promise<void>)[] = [
    async () => {
      if (!(await clock.inTurn(() => plane.ledger.stopExperiment(parts.id, stamp())))) return;
      said('stopped');
      await stopped();
      // Whoever stops it wakes it; the call may be lost.
      await clock.sleep(random.int(500, 5_000));
      const record = await clock.inTurn(() => plane.ledger.experiment(parts.id));
      if (record?.wakeUp !== undefined && random.chance(0.7)) parts.execution().durable.answer(record.wakeUp);
    },
    async () => {
      said('stop of everything');
      await clock.inTurn(() => plane.ledger.setStop(stamp()));
      deeds.stoppedSince.set(plane, clock.now());
      await stopped();
    },
    async () => {
      if (!parts.hasStopCondition) return;
      parts.alarm.state = random.pick(['ALARM', 'MISSING'] as const);
      said(`alarm ${parts.alarm.state}`);
      if (parts.alarm.state !== 'ALARM') return;
      await stopped();
      const at = new Date(clock.now()).toISOString();
      // EventBridge delivers an event at least once, mostly soon.
      if (random.chance(0.2)) return;
      await clock.sleep(random.int(500, random.pick([5_000, 120_000])));
      await clean(plane, { alarm: { ...alarmPlace, at } }, undefined, world);
      said('told of an alarm');
    },
    async () => {
      const place = random.pick(theirs);
      const until = new Date(clock.now() + 3_600_000).toISOString();
      await clock.inTurn(() => plane.ledger.setVeto(place.target?.group ?? '', { ...stamp(), until }));
      said('veto');
      keepOut(place);
    },
    async () => {
      const place = random.pick(theirs);
      await clock.inTurn(() => plane.ledger.setLeash(place.target?.group ?? '', stamp()));
      said('leash');
      keepOut(place);
    },
    async () => {
      said('frozen');
      parts.interference.isSlow = true;
      parts.execution().life?.freeze(random.pick([5_000, 30_000, 120_000, 200_000]));
    },
    async () => {
      said('storm');
      parts.interference.isSlow = true;
      world.weather.storm = random.pick([1, 3]);
      await clock.sleep(random.int(10_000, 120_000));
      world.weather.storm = 0;
    },
  ];
  const own = Array.from({ length: random.pick([1, 1, 2, 3]) }, () => ({
    at: random.int(0, random.pick([60_000, lengthMs])),
    happens: random.pick(acts),
  }));
  return [
    ...own,
    ...theirs.flatMap((place) => (random.chance(0.25) ? deedsOfOwners(place, parts, random.split()) : [])),
  ];
}
