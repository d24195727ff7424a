import type { UndoEntry } from '#core/model/undo-entry.ts';
import type { Change, ControlPlane } from './control-plane.ts';
import { hasResidue } from './places.ts';
import type { EnrolledPlace, UndoOrganization } from './undo-organization.ts';

const minuteMs = 60_000;
/** For what AWS and an instance take to begin and to end something. */
const someSecondsMs = 15_000;

/** What people of the target accounts and of the control planes have done, as far as the invariants depend on it. */
export interface Deeds {
  /** Since when the stop of a control plane is set, epoch ms. */
  readonly stoppedSince: Map<ControlPlane, number>;
  /** When somebody else changed the same thing, epoch ms. */
  readonly foreign: Map<EnrolledPlace, number>;
  /** Where somebody has opted out, or kept us out for a while. */
  readonly meddled: Set<EnrolledPlace>;
  /** Who had the janitor undo all that was in place. */
  readonly undoneAll: Set<ControlPlane>;
}

export interface Invariants {
  /** To be called at every change in a target account, while nothing else happens. */
  onChange(plane: ControlPlane, change: Change): Promise<void>;
  /** At any moment, while nothing else happens. */
  check(): Promise<void>;
  /** After which no fault that ends by itself is in effect there, epoch ms. */
  overAt(place: EnrolledPlace): number;
  readonly changes: readonly Change[];
}

/** What must hold at every moment, whatever happens. Each throws where it does not. */
export function undoInvariants(
  { places, clock, sandbox }: Pick<UndoOrganization, 'places' | 'clock' | 'sandbox'>,
  planes: () => readonly ControlPlane[],
  { stoppedSince }: Deeds,
): Invariants {
  const changes: Change[] = [];
  const over = new Map<EnrolledPlace, number>();
  const overAt = (place: EnrolledPlace) => over.get(place) ?? Number.NEGATIVE_INFINITY;

  const checkPlace = async (place: EnrolledPlace) => {
    // What was to happen by now: the ledger would make it happen, when it is asked.
    await sandbox.settle();
    if (place.isDeleted || !hasResidue(place)) return;
    must(place.owner === 'theirs', place, 'was touched');
    if (!(await place.resource.isBroken())) return;
    const by = place.blows[0]?.fault.ends.by;
    const isEnding = clock.now() <= overAt(place);
    if (by !== 'schedule') must(isEnding, place, 'is broken longer than it was to be');
    const entries = await Promise.all(
      planes().flatMap((plane) => (plane.isForsaken ? [] : [openEntriesOf(plane, place)])),
    );
    const isScheduled = place.region.schedules.all.some(({ dueAt }) => dueAt !== undefined);
    const isKnown = entries.flat().length > 0;
    must(isKnown || isScheduled || (by !== 'schedule' && isEnding), place, 'is broken, and nobody knows');
  };

  return {
    changes,
    overAt,
    onChange: async (plane, change) => {
      const { at, place, action, by } = change;
      changes.push(change);
      if (by.injects !== undefined) {
        const { minutes } = by.injects;
        const endsAt = at + Math.max(by.skewMs, 0) + minutes * minuteMs + someSecondsMs;
        over.set(place, Math.max(overAt(place), endsAt));
        must(place.tags['chaos:opt-in'] === 'true', place, `was struck by ${action}, and has not opted in`);
        const since = stoppedSince.get(plane);
        must(since === undefined || by.startedAt < since, place, `was struck by ${action} under a stop`);
      }
      await checkPlace(place);
    },
    check: async () => {
      for (const place of places) await checkPlace(place);
      for (const plane of planes()) if (!plane.isDestroyed) await checkLocks(plane);
    },
  };
}

async function checkLocks(plane: ControlPlane): Promise<void> {
  const locks = (await openEntriesOf(plane)).flatMap((entry) => entry.locks);
  const twice = locks.find((arn, index) => locks.indexOf(arn) !== index);
  if (twice !== undefined) throw new Violation(`two strikes hold ${twice}`);
}

export async function openEntriesOf(
  { ledger }: Pick<ControlPlane, 'ledger'>,
  place?: EnrolledPlace,
): Promise<readonly UndoEntry[]> {
  const { found } = await ledger.openUndos();
  return found.filter(({ target }) => place === undefined || target.account === place.account);
}

export class Violation extends Error {
  override readonly name = 'Violation';
}

export function must(isSo: boolean, { account, title }: EnrolledPlace, what: string): void {
  if (!isSo) throw new Violation(`${title} in ${account} ${what}`);
}
