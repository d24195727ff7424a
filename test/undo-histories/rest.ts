import type { ControlPlane } from './control-plane.ts';
import { checkRound } from './ending.ts';
import { clean } from './functions.ts';
import { type Deeds, openEntriesOf } from './undo-invariants.ts';
import type { UndoOrganization } from './undo-organization.ts';

const minuteMs = 60_000;
/** As long as a fault lasts at most, its schedule waits, AWS takes to try again, and then some. */
const mostRestMinutes = 60;

/** All is well from now on: rounds of the janitor, a minute apart, until all must be done. */
export async function comeToRest(
  world: UndoOrganization,
  planes: readonly ControlPlane[],
  deeds: Deeds,
  look: () => Promise<void>,
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
    await look();
  }
}

export async function countEnds(
  planes: readonly ControlPlane[],
  count: (what: string) => void,
): Promise<void> {
  for (const { ledger, isForsaken } of planes) {
    if (isForsaken) continue;
    for (const { end, entry } of (await ledger.endedUndos(100)).found) {
      count(`entry ${end}`);
      count(`${end} ${entry.fault.name}`);
    }
  }
}
