import { aControlPlane, type ControlPlane } from './control-plane.ts';
import { checkEnd } from './ending.ts';
import { randomPlaces } from './places.ts';
import { playSeed, type SeedHistory, watchInvariants } from './play-seed.ts';
import { randomEvents } from './random-events.ts';
import { comeToRest, countEnds } from './rest.ts';
import { type Deeds, undoInvariants } from './undo-invariants.ts';
import { undoOrganization } from './undo-organization.ts';

const minuteMs = 60_000;
/** Either way, of each function's clock. */
const mostSkewMs = 2 * minuteMs;

/** Simulates an hour of faults that last, under failures. Throws, naming the seed, if an invariant is violated. */
export function simulateUndoSeed(seed: number): Promise<SeedHistory> {
  return playSeed(seed, 'undo', async ({ random, clock, say, count }) => {
    const world = await undoOrganization(randomPlaces(random.split()), clock, random.split());
    for (const { account, title, owner } of world.places) say(`${owner} ${account}: ${title}`);
    const deeds: Deeds = {
      stoppedSince: new Map(),
      foreign: new Map(),
      meddled: new Set(),
      undoneAll: new Set(),
    };
    const planes: ControlPlane[] = [];
    const held = undoInvariants(world, () => planes, deeds);
    const { guarded, look, play } = watchInvariants(clock, held.check);

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
        say(
          `${change.place.account} ${change.action} by ${change.by.injects ? 'run' : 'janitor'} of ${name}`,
        );
        await guarded(() => held.onChange(plane, change));
      });
      planes.push(plane);
    }
    world.weather.storm = random.pick([0, 1, 1, 3]);

    await play(randomEvents({ world, planes, deeds, held, random: random.split(), say, count }));
    await comeToRest(world, planes, deeds, look, held.overAt);
    await clock.inTurn(() => checkEnd(world, planes, deeds, held));
    await countEnds(planes, count);
  });
}
