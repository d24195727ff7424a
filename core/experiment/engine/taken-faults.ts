import * as z from 'zod';
import { messageOf } from '../../util/error-text.ts';
import type { Parsed } from '../../util/parse.ts';
import { timeText } from '../wording/numbers.ts';
import type { Chronicle } from './chronicle.ts';
import type { Ending } from './endings.ts';
import type { SeenFault } from './ports.ts';
import { endingOf } from './segment-ending.ts';
import { type ActiveFault, addBeside, stepBeside } from './step-beside.ts';
import { stepNames } from './step-names.ts';
import type { UndoParts } from './undo-strikes.ts';
import { unlessOver } from './when-over.ts';

const Taken = z.object({
  /** Epoch ms. */
  at: z.number(),
  /** How faults were found that are not in place any more, or of which nobody can tell. */
  seen: z.array(z.object({ id: z.string(), is: z.enum(['not-in-place', 'unknown']), text: z.string() })),
  /** Who has stopped it: whatever is not in place was undone for that. */
  stopped: z.string().exactOptional(),
});
type Taken = Parsed<typeof Taken>;

/** A target that cannot be read is looked at again within this time: most of what stands in the way is over in a moment. */
const patienceMs = 15_000;
const againAfterMs = 2_000;
/** A look may take that long in all, and what ends meanwhile is undone in time: it is looked at before. */
const longestMs = 30_000;

/**
 * Whether somebody else has ended one of these faults before its time: what was measured since then was measured under no fault, and
 * nobody can say since when. Of all of them the ledger tells that; the targets of those whose time is over are looked at, too.
 */
export async function findTaken(
  { stage, part }: { readonly stage: number; readonly part: number },
  held: readonly ActiveFault[],
  parts: UndoParts,
): Promise<Ending | undefined> {
  const { course, chronicle } = parts;
  if (held.every(({ undos }) => undos.length === 0)) return undefined;
  const isEnding = ({ until }: ActiveFault) => until <= course.at + longestMs;
  const ending = held.filter(isEnding);
  const others = held.filter((one) => !isEnding(one));
  const { segment, result } = await stepBeside(
    stepNames.inPlace(stage, part),
    z.object({ taken: Taken.exactOptional() }),
    others,
    parts,
    async ({ over }) => {
      const taken = await unlessOver(over, lookForTaken(ending, others, over, parts));
      return taken === undefined ? {} : { taken };
    },
  );
  addBeside(segment, stage, {}, parts);
  const ended = endingOf(segment.ended, course);
  if (ended !== undefined) return ended;
  return result.taken && endingOfTaken(result.taken, chronicle);
}

async function lookForTaken(
  ending: readonly ActiveFault[],
  others: readonly ActiveFault[],
  over: AbortSignal,
  { clock, method, control }: UndoParts,
): Promise<Taken> {
  const undosOf = (faults: readonly ActiveFault[]) => faults.flatMap(({ undos }) => undos);
  // Where the ledger cannot be read, their own end tells it.
  const undone = await method.undone(undosOf(others)).catch(() => []);
  const seen = new Map<string, SeenFault>();
  const until = clock.now() + patienceMs;
  for (let left = undosOf(ending); left.length > 0; ) {
    const now = await method
      .observe(left, until)
      .catch((error: unknown) =>
        left.map((id): SeenFault => ({ id, is: 'unknown', text: messageOf(error) })),
      );
    for (const one of now) seen.set(one.id, one);
    left = left.filter((id) => seen.get(id)?.is === 'unknown');
    if (left.length === 0 || clock.now() + againAfterMs >= until || over.aborted) break;
    await clock.sleep(againAfterMs, over);
  }
  const lost = [
    ...undone.map((id) => ({ id, is: 'not-in-place' as const, text: 'it has been undone' })),
    ...[...seen.values()].flatMap(({ is, ...one }) => (is === 'in-place' ? [] : [{ ...one, is }])),
  ];
  // The janitor undoes at once what is stopped, and may be seen to before the stop is.
  const stopped = lost.length === 0 ? undefined : await control.stopped(true).catch(() => undefined);
  return { at: clock.now(), seen: lost, ...(stopped !== undefined && { stopped: stopped.by }) };
}

function endingOfTaken({ at, seen, stopped }: Taken, { strikes, addEvent }: Chronicle): Ending | undefined {
  if (stopped !== undefined) return { is: 'aborted', by: stopped, at };
  const named = seen.map(({ id, is, text }) => {
    const { fault, target, group } = strikes.find(({ undo }) => undo === id) ?? {};
    return { is, text, what: fault === undefined ? 'a fault' : `${fault.name} on ${target?.id} of ${group}` };
  });
  for (const { is, what, text } of named) {
    const found = is === 'unknown' ? 'nobody can tell whether it is still in place' : 'not in place any more';
    addEvent(at, 'problem', `${what}: ${found}: ${text}`);
  }
  const taken = named.find(({ is }) => is === 'not-in-place');
  if (taken !== undefined) {
    const by = `somebody else, who undid ${taken.what} before its time: ${taken.text}, seen at ${timeText(at)}`;
    return { is: 'aborted', by, at };
  }
  const [unknown] = named;
  if (unknown === undefined) return undefined;
  const why = `nobody can tell whether ${unknown.what} was in place until its time was over: ${unknown.text}`;
  return { is: 'inconclusive', why, at };
}
