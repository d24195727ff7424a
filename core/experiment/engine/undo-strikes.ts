import * as z from 'zod';
import { messageOf } from '../../util/error-text.ts';
import type { Parsed } from '../../util/parse.ts';
import type { Chronicle } from './chronicle.ts';
import type { Ending } from './endings.ts';
import { besideLease } from './lease.ts';
import type { ControlPort, OpenUndo } from './ports.ts';
import { endingOf } from './segment-ending.ts';
import { type ActiveFault, addBeside, type BesideParts, stepBeside } from './step-beside.ts';
import { stepNames } from './step-names.ts';
import { unlessOver } from './when-over.ts';

const Undone = z.object({
  /** Epoch ms. */
  at: z.number(),
  /** What is still in place, or may be. */
  open: z.array(
    z.object({ id: z.string(), group: z.string(), why: z.string(), byHand: z.array(z.string()) }),
  ),
});

export interface UndoParts extends BesideParts {
  readonly control: ControlPort;
}

export interface UndoneStrikes {
  /** Epoch ms. */
  readonly at: number;
  readonly open: readonly OpenUndo[];
}

type Place = { readonly stage: number; readonly part: number };

/** After this the janitor goes on alone: it tries for as long as it takes. */
const patienceMs = 120_000;
/** Most of what stands in the way is over in a moment. The last holds from then on. */
const againAfterMs = [1_000, 2_000, 4_000, 5_000];

/** Undoes all of the experiment's, and tries again for a while. */
export async function undoAll({ stage, part }: Place, parts: UndoParts): Promise<UndoneStrikes> {
  const undone = await parts.host.step(stepNames.undo(stage, part), Undone, () =>
    // Beside it: to undo takes no lease.
    besideLease(parts, () => keepUndoing(undefined, parts)),
  );
  noteEnds(parts.chronicle, undone, undefined);
  return undone;
}

/** Undoes a step's, by the ids of their entries, while others are in place: where these are not to stay, that is why it ends. */
export async function undoBeside(
  { stage, part }: Place,
  ids: readonly string[],
  active: readonly ActiveFault[],
  parts: UndoParts,
): Promise<UndoneStrikes | Ending> {
  const { segment, result } = await stepBeside(
    stepNames.undo(stage, part),
    z.object({ undone: Undone.exactOptional() }),
    active,
    parts,
    async ({ over }) => {
      const undone = await unlessOver(over, keepUndoing(ids, parts, over));
      return undone === undefined ? {} : { undone };
    },
  );
  addBeside(segment, stage, {}, parts);
  const { undone } = result;
  if (undone !== undefined) noteEnds(parts.chronicle, undone, ids);
  const ending = endingOf(segment.ended, parts.course);
  return ending ?? undone ?? { at: parts.course.at, open: [] };
}

async function keepUndoing(
  ids: readonly string[] | undefined,
  { clock, method, chronicle }: UndoParts,
  over?: AbortSignal,
): Promise<Parsed<typeof Undone>> {
  const giveUpAt = clock.now() + patienceMs;
  for (let looks = 0; ; looks += 1) {
    const againMs = againAfterMs[Math.min(looks, againAfterMs.length - 1)] as number;
    const open = await method
      .undo(ids)
      .catch((error: unknown) => assumedOpen(chronicle, ids, messageOf(error)));
    const at = clock.now();
    if (open.length === 0 || at + againMs > giveUpAt || over?.aborted) return { at, open };
    await clock.sleep(againMs, over);
  }
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
