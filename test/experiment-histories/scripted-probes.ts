import type { ExperimentPorts } from '#core/experiment/engine/ports.ts';
import type { JudgedProbe } from '#core/model/experiment.ts';
import type { Sample } from '#core/model/sample.ts';
import type { SeededRandom } from '../histories/seeded-random.ts';
import type { Life } from '../undo-histories/life.ts';
import type { EnrolledPlace, UndoOrganization } from '../undo-histories/undo-organization.ts';

/** What a seed decides about a probe. */
export interface ScriptedProbe extends JudgedProbe {
  readonly parameters: {
    readonly measures: 'events' | 'state';
    /** The chance of a bad sample where all is well. */
    readonly noise: number;
    /** It is bad where so many targets are broken; null for one that no fault can impress. */
    readonly fragileAt: number | null;
    /** How long it is bad after anything was broken: what has got through the fault need not get over its end. */
    readonly sickMs: number;
    /** Ms from the beginning; what it is then, whatever is broken. */
    readonly trouble: { readonly from: number; readonly to: number; readonly is: Sample['is'] } | null;
  };
}

/** A sample that somebody took, whatever became of it. `due`: epoch ms, by AWS's clock. */
export interface TakenSample {
  readonly probe: string;
  readonly due: number;
  readonly is: Sample['is'];
  /** How many targets were broken then. */
  readonly broken: number;
}

export function randomProbes(random: SeededRandom): readonly ScriptedProbe[] {
  return Array.from({ length: random.int(1, 3) }, (_, index): ScriptedProbe => {
    const isState = random.chance(0.25);
    const from = random.int(0, 360_000);
    const trouble = {
      from,
      to: from + random.int(5_000, 90_000),
      is: random.pick(['bad', 'unmeasured'] as const),
    };
    return {
      ...{ name: `probe-${index}`, type: 'http', timeoutMs: 1_000 },
      everyMs: isState ? 1_000 : random.pick([500, 1_000]),
      tolerance: isState ? { badForMs: random.pick([0, 5_000]) } : { bad: random.pick([0, 0.05, 0.25]) },
      parameters: {
        measures: isState ? 'state' : 'events',
        noise: isState ? 0 : random.pick([0, 0, 0, 0.01]),
        fragileAt: random.pick([null, null, null, 1, 2, 3]),
        sickMs: random.pick([0, 0, 0, 0, 0, 4_000, 60_000]),
        trouble: random.chance(0.15) ? trouble : null,
      },
    };
  });
}

/** Probes that see what is really broken, and note what they saw. */
export function scriptedProbes(
  { clock, places }: Pick<UndoOrganization, 'clock' | 'places'>,
  random: SeededRandom,
) {
  const beganAt = clock.now();
  let brokenAt = Number.NEGATIVE_INFINITY;
  const taken: TakenSample[] = [];
  const countBroken = async () => {
    const broken = await Promise.all(places.map(async (one) => !one.isDeleted && (await isBroken(one))));
    return broken.filter(Boolean).length;
  };
  const look = async ({ name, parameters }: ScriptedProbe): Promise<Sample['is']> => {
    const { noise, fragileAt, sickMs, trouble } = parameters;
    const now = clock.now();
    const broken = await countBroken();
    const isIn = trouble !== null && now >= beganAt + trouble.from && now < beganAt + trouble.to;
    if (broken > 0) brokenAt = now;
    const isSick = broken === 0 && now <= brokenAt + sickMs;
    const isFallen = fragileAt !== null && broken >= fragileAt;
    const byItself = isFallen || isSick || random.chance(noise) ? 'bad' : 'good';
    const is = isIn ? trouble.is : byItself;
    taken.push({ probe: name, due: now, is, broken });
    return is;
  };
  /** In a process, by its clock. */
  const openIn =
    (life: Life): ExperimentPorts['openSampler'] =>
    async (spec) => ({
      spec,
      async *between(from, to, over) {
        for (let due = from; due < to; due += spec.everyMs) {
          await life.clock.sleep(due - life.clock.now(), over);
          if (over.aborted) return;
          // What is late was not measured in time.
          const isLate = life.clock.now() > due + spec.timeoutMs;
          const is = await clock.inTurn(() => look(spec as ScriptedProbe));
          yield { due, is: isLate ? 'unmeasured' : is };
        }
      },
      close: async () => {},
    });
  return { taken, openIn, countBroken };
}

export type ScriptedProbes = ReturnType<typeof scriptedProbes>;

/** By what was done to it. */
export async function isBroken({ resource, twin }: EnrolledPlace): Promise<boolean> {
  return (await resource.isBroken()) && !(await twin.isBroken());
}
