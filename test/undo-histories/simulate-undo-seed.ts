import { SeededRandom } from '../histories/seeded-random.ts';
import { aControlPlane, type ControlPlane } from './control-plane.ts';
import { checkEnd, checkRound } from './ending.ts';
import { clean } from './functions.ts';
import { randomPlaces } from './places.ts';
import { randomEvents } from './random-events.ts';
import { Turnstile } from './turnstile.ts';
import { type Deeds, openEntriesOf, undoInvariants } from './undo-invariants.ts';
import { type UndoOrganization, undoOrganization } from './undo-organization.ts';

/** The history of a seed: the same lines whenever it is simulated. */
export interface UndoHistory {
  readonly seed: number;
  readonly lines: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
}

const startsAt = Date.parse('2026-11-23T10:00:00Z');
const minuteMs = 60_000;
/** Either way, of each function's clock. */
const mostSkewMs = 2 * minuteMs;
/** As long as a fault lasts at most, its schedule waits, AWS takes to try again, and then some. */
const mostRestMinutes = 60;

/** Simulates an hour of faults that last, under failures. Throws, naming the seed, if an invariant is violated. */
export async function simulateUndoSeed(seed: number): Promise<UndoHistory> {
  const random = new SeededRandom(seed);
  const clock = new Turnstile(startsAt);
  const lines: string[] = [];
  const counts: Record<string, number> = {};
  const count = (what: string) => {
    counts[what] = (counts[what] ?? 0) + 1;
  };
  const say = (text: string) => lines.push(`${new Date(clock.now()).toISOString().slice(11)} ${text}`);
  try {
    const world = await undoOrganization(randomPlaces(random.split()), clock, random.split());
    for (const { account, title, owner } of world.places) say(`${owner} ${account}: ${title}`);
    const deeds: Deeds = { stoppedSince: new Map(), foreign: new Map(), meddled: new Set() };
    const violations: unknown[] = [];
    const planes: ControlPlane[] = [];
    const held = undoInvariants(world, () => planes, deeds);
    const guarded = (check: () => Promise<void>) =>
      check().catch((error: unknown) => void violations.push(error));
    const checkAll = async () => {
      await guarded(() => clock.inTurn(held.check));
      if (violations.length > 0) throw violations[0];
    };

    const two = random.chance(0.25) ? 2 : 1;
    for (const name of ['a', 'b'].slice(0, two)) {
      const skew = () => random.pick([0, 0, -mostSkewMs, mostSkewMs, random.int(-mostSkewMs, mostSkewMs)]);
      const planeSeed = {
        ...{ name, ledger: random.pick(['memory', 'memory', 'table'] as const) },
        skewMs: { run: skew(), janitor: skew() },
      };
      say(`plane ${JSON.stringify(planeSeed)}`);
      const plane: ControlPlane = aControlPlane(planeSeed, world, random.split(), async (change) => {
        count('changes');
        say(`${change.place.account} ${change.action} by ${change.by.strike ? 'run' : 'janitor'} of ${name}`);
        await guarded(() => held.onChange(plane, change));
      });
      planes.push(plane);
    }
    world.weather.storm = random.pick([0, 1, 1, 3]);

    const events = randomEvents({ world, planes, deeds, held, random: random.split(), say, count });
    const underWay: Promise<void>[] = [];
    for (const { at, happens } of events) {
      await clock.sleep(startsAt + at - clock.now());
      underWay.push(happens().catch((error: unknown) => void violations.push(error)));
      await checkAll();
    }
    await Promise.all(underWay);
    await checkAll();
    await comesToRest(world, planes, deeds, checkAll, held.overAt);
    await clock.inTurn(() => checkEnd(world, planes, deeds, held));
    await countEnds(planes, count);
    count('seeds');
    return { seed, lines, counts };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    const again = `npm run simulate:soak -- --of undo --seeds 1 --from ${seed}`;
    throw new Error(`seed ${seed}: ${text}\n${lines.join('\n')}\nagain: ${again}`, { cause: error });
  }
}

/** All is well from now on: rounds of the janitor, a minute apart, until all must be done. */
async function comesToRest(
  world: UndoOrganization,
  planes: readonly ControlPlane[],
  deeds: Deeds,
  checkAll: () => Promise<void>,
  overAt: (place: UndoOrganization['places'][number]) => number,
): Promise<void> {
  const { clock, weather, places, sandbox } = world;
  weather.storm = 0;
  while (planes.some((plane) => plane.isUnderWay())) await clock.sleep(1_000);
  const isForsaken = planes.some((plane) => plane.isForsaken);
  const lastEnd = Math.max(...places.map(overAt));
  /** Whether something is still to end by itself. */
  const isEnding = () =>
    isForsaken &&
    (clock.now() <= lastEnd ||
      places.some(({ region, isDeleted }) => !isDeleted && region.schedules.all.length > 0));
  for (let minute = 0; minute < mostRestMinutes; minute += 1) {
    const alive = planes.filter((plane) => !plane.isForsaken);
    const open = await Promise.all(alive.map((plane) => openEntriesOf(plane)));
    const isDone = open.flat().every(({ state }) => state === 'contested');
    if (minute > 1 && isDone && !isEnding()) return;
    await Promise.all(
      alive.map(async (plane, index) => {
        const startedAt = clock.now();
        const before = open[index] ?? [];
        await clean(plane, {}, undefined, world);
        if (minute > 0) await checkRound(plane, { startedAt, before }, deeds.stoppedSince.has(plane));
      }),
    );
    await clock.sleep(Math.max(1_000, minuteMs - (clock.now() % minuteMs)));
    await clock.inTurn(() => sandbox.settle());
    await checkAll();
  }
}

async function countEnds(planes: readonly ControlPlane[], count: (what: string) => void): Promise<void> {
  for (const { ledger, isForsaken } of planes) {
    if (isForsaken) continue;
    for (const { end, entry } of (await ledger.endedUndos(100)).found) {
      count(`entry ${end}`);
      count(`${end} ${entry.fault.name}`);
    }
  }
}
