import pMap from 'p-map';
import type { FaultRegistry } from '../../model/fault.ts';
import type { Sighting } from '../../model/lasting.ts';
import { orFallback } from '../../model/partial-result.ts';
import type { Order } from '../../model/strike.ts';
import type { UndoEntry } from '../../model/undo-entry.ts';
import { unreadableText } from '../../model/unreadable-item.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Reach } from '../../ports/reach.ts';
import type { Striker } from '../../ports/striker.ts';
import { faultOfEntry } from '../../undo/fault-of-entry.ts';
import { strikeRef } from '../../undo/strike-ref.ts';
import { messageOf } from '../../util/error-text.ts';
import type { SeenFault } from '../engine/ports.ts';
import type { OwnUndos } from './own-undos.ts';

export interface ObserveWorld {
  readonly striker: Striker;
  readonly faults: FaultRegistry;
  readonly clock: Clock;
}

const observedAtOnce = 8;

/**
 * How faults are found, by the ids of their entries: each by its target, as whoever strikes it may read that. Nothing is tried again past
 * `until`, epoch ms.
 */
export async function observeFaults(
  ids: readonly string[],
  { found, unreadable }: OwnUndos,
  { runId, until }: { readonly runId: string; readonly until: number },
  world: ObserveWorld,
): Promise<readonly SeenFault[]> {
  const entries = found.filter(({ id }) => ids.includes(id));
  const orders = new Map(entries.map((entry) => [entry.id, orderOf(entry)]));
  const run = { runId, deadline: until, surveyBy: until };
  const sessions = await orFallback('assume-role', [], world.striker.open([...orders.values()], run));
  const reachOf = (id: string): Reach | undefined => {
    const order = orders.get(id);
    const session = sessions.value.find((one) => order !== undefined && one.orders.includes(order));
    return order && session?.reach(order);
  };
  return pMap(
    ids,
    async (id): Promise<SeenFault> => {
      const entry = entries.find((one) => one.id === id);
      if (entry === undefined) {
        const unread = unreadable.find(({ sk }) => sk === id);
        if (unread !== undefined) return { id, is: 'unknown', text: unreadableText(unread) };
        return { id, is: 'not-in-place', text: 'it has been undone' };
      }
      if (entry.state === 'undoing') return { id, is: 'not-in-place', text: 'it is being undone' };
      const reach = reachOf(id);
      if (reach === undefined) {
        return { id, is: 'unknown', text: sessions.failures[0]?.message ?? 'no session could be opened' };
      }
      try {
        return { id, ...(await observeFault(entry, reach, until, world)) };
      } catch (error) {
        return { id, is: 'unknown', text: messageOf(error) };
      }
    },
    { concurrency: observedAtOnce },
  );
}

async function observeFault(
  entry: UndoEntry,
  reach: Reach,
  until: number,
  { faults, clock }: ObserveWorld,
): Promise<Pick<SeenFault, 'is' | 'text'>> {
  const { fault, saved } = faultOfEntry(entry, faults);
  const seen = await fault.observe(reach.injector(until), entry.target, saved, strikeRef(entry));
  if (seen === 'ours') return { is: 'in-place', text: seenTexts.ours };
  const shownBy = Date.parse(entry.activeAt ?? entry.reservedAt) + fault.propagationMs;
  // A part is what AWS shows while it is at work, however long that takes.
  if (seen === 'partly' || (seen === 'before' && clock.now() < shownBy)) {
    return { is: 'unknown', text: 'AWS does not show all of it yet' };
  }
  return { is: 'not-in-place', text: seenTexts[seen] };
}

const seenTexts: Readonly<Record<Exclude<Sighting, 'partly'>, string>> = {
  ours: 'it is in place',
  before: 'its target is as it was before',
  other: 'somebody else has changed the same since',
  gone: 'its target is no more',
};

/** For a session that covers its target: nothing is claimed by it. */
function orderOf({ target, fault }: UndoEntry): Order {
  return { target, fault, app: undefined, healthy: 0, version: 0 };
}
