import type { UndoEntry } from '#core/model/undo-entry.ts';
import { faults } from '#faults/registry.ts';
import type { ControlPlane } from './control-plane.ts';
import { isOurs } from './ending.ts';
import { type Deeds, type Invariants, must, openEntriesOf } from './undo-invariants.ts';
import type { EnrolledPlace, UndoOrganization } from './undo-organization.ts';

const lateMs = 1_000;

/**
 * Begins to watch a round of a janitor that nothing troubles. Returns what is to be called when it has ended: that nothing of ours is in
 * place any more whose deadline had passed when it began, whether or not the run that injected it is known to be dead. Undefined where
 * nothing can be said: what is on its way may still arrive.
 */
export async function watchDeadlines(
  plane: ControlPlane,
  planes: readonly ControlPlane[],
  { places, clock }: UndoOrganization,
  { foreign, meddled }: Deeds,
  { changes }: Pick<Invariants, 'changes'>,
): Promise<() => Promise<number>> {
  const startedAt = clock.now();
  const isQuiet = () => planes.length === 1 && !plane.isUnderWay();
  const wasQuiet = isQuiet();
  const now = startedAt + plane.skewMs.janitor;
  const due = (await openEntriesOf(plane)).filter(
    ({ deadline, state, nextAttemptAt }) =>
      state !== 'contested' && nextAttemptAt === undefined && now >= Date.parse(deadline) + lateMs,
  );
  const isShown = (place: EnrolledPlace, entry: UndoEntry) => {
    const last = changes.findLast((change) => change.place === place)?.at ?? Number.NEGATIVE_INFINITY;
    const fault = faults.get(entry.fault.name);
    return clock.now() >= last + (fault?.lasts === true ? fault.propagationMs : 0);
  };
  const checked = places.flatMap((place) => {
    const entry = due.find(({ target }) => target.account === place.account);
    return entry !== undefined && isShown(place, entry) ? [{ place, entry }] : [];
  });
  return async () => {
    if (!wasQuiet || !isQuiet()) return 0;
    const untouched = checked.filter(
      ({ place, entry }) =>
        !place.isDeleted && !foreign.has(place) && !meddled.has(place) && isShown(place, entry),
    );
    for (const { place } of untouched) {
      must(!(await isOurs(place)), place, 'is broken after the round in which it was to be undone');
    }
    return untouched.length;
  };
}
