import * as z from 'zod';
import type { Clock } from '../../ports/clock.ts';
import { messageOf } from '../../util/error-text.ts';
import type { Chronicle } from './chronicle.ts';
import type { Host } from './host.ts';
import { holdLease } from './lease.ts';
import type { ControlPort, MethodPort, OpenUndo } from './ports.ts';
import { stepNames } from './step-names.ts';

const Undone = z.object({
  /** Epoch ms. */
  at: z.number(),
  /** What is still in place, or may be. */
  open: z.array(
    z.object({ id: z.string(), group: z.string(), why: z.string(), byHand: z.array(z.string()) }),
  ),
});

export interface UndoParts {
  readonly host: Host;
  readonly clock: Clock;
  readonly method: Pick<MethodPort, 'undo'>;
  readonly control: ControlPort;
  readonly chronicle: Chronicle;
}

export interface UndoneStrikes {
  /** Epoch ms. */
  readonly at: number;
  readonly open: readonly OpenUndo[];
}

/** After this the janitor goes on alone: it tries for as long as it takes. */
const patienceMs = 120_000;
/** Most of what stands in the way is over in a moment. The last holds from then on. */
const againAfterMs = [1_000, 2_000, 4_000, 5_000];

/** Undoes these, by the ids of their entries, or all of the experiment's, and tries again for a while. */
export async function undoStrikes(
  place: { readonly stage: number; readonly part: number },
  ids: readonly string[] | undefined,
  { host, clock, method, control, chronicle }: UndoParts,
): Promise<UndoneStrikes> {
  const undone = await host.step(stepNames.undo(place.stage, place.part), Undone, async () => {
    const giveUpAt = clock.now() + patienceMs;
    for (let looks = 0; ; looks += 1) {
      const againMs = againAfterMs[Math.min(looks, againAfterMs.length - 1)] as number;
      const [open] = await Promise.all([
        method.undo(ids).catch((error: unknown) => assumedOpen(chronicle, ids, messageOf(error))),
        // Beside it: to undo takes no lease.
        holdLease({ clock, control }).catch(() => {}),
      ]);
      const at = clock.now();
      if (open.length === 0 || at + againMs > giveUpAt) return { at, open };
      await clock.sleep(againMs);
    }
  });
  noteEnds(chronicle, undone, ids);
  return undone;
}

/** Where nobody can tell, everything that was struck is still in place. */
function assumedOpen(
  { strikes }: Chronicle,
  ids: readonly string[] | undefined,
  why: string,
): readonly OpenUndo[] {
  const known = strikes.flatMap(({ undo: id, to, group, byHand }) =>
    id === undefined || to !== undefined || ids?.includes(id) === false ? [] : [{ id, group, why, byHand }],
  );
  // An injection whose answer was lost may have left something that is not among them.
  return known.length > 0 ? known : [{ id: '', group: 'what may have been struck', why, byHand: [] }];
}

/** What lasts was in effect until it was undone. */
function noteEnds(
  { strikes, addEvent }: Chronicle,
  { at, open }: UndoneStrikes,
  ids?: readonly string[],
): void {
  for (const [index, strike] of strikes.entries()) {
    if (strike.undo === undefined || strike.to !== undefined) continue;
    if (ids !== undefined && !ids.includes(strike.undo)) continue;
    const left = open.find(({ id }) => id === strike.undo);
    const name = `${strike.fault.name} on ${strike.target.id} of ${strike.group}`;
    if (left === undefined) {
      strikes[index] = { ...strike, to: new Date(at).toISOString(), byHand: [] };
      addEvent(at, 'undo', `${name}: undone`);
    } else {
      strikes[index] = { ...strike, byHand: [...left.byHand] };
      addEvent(at, 'problem', `${name}: not undone: ${left.why}`);
    }
  }
}
