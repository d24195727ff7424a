import type { UndoEntry } from '#core/model/undo-entry.ts';
import { surelyAbandonedAt } from '#core/undo/surely-abandoned.ts';
import { faults } from '#faults/registry.ts';
import type { ControlPlane } from './control-plane.ts';
import { hasResidue } from './places.ts';
import { type Deeds, type Invariants, must, openEntriesOf, Violation } from './undo-invariants.ts';
import type { EnrolledPlace, UndoOrganization } from './undo-organization.ts';

const minuteMs = 60_000;

/**
 * That no entry is left that a round of the janitor, begun at `startedAt` by AWS's clock, was to close: nothing has troubled it, nor
 * the one before. `before`: the entries as they were then.
 */
export async function checkRound(
  plane: ControlPlane,
  { startedAt, before }: { readonly startedAt: number; readonly before: readonly UndoEntry[] },
  isStopped: boolean,
): Promise<void> {
  const now = startedAt + plane.skewMs.janitor;
  const late = (await openEntriesOf(plane)).filter((entry) => {
    const then = before.find(({ id }) => id === entry.id);
    if (then === undefined || entry.state === 'contested') return false;
    return now >= dueAt(then, isStopped ? now - minuteMs : Date.parse(then.deadline)) + minuteMs;
  });
  if (late.length === 0) return;
  const listed = late.map(({ id, state, fault, problem }) => `${id} ${fault.name} ${state}: ${problem}`);
  throw new Violation(`still open after a round of the janitor: ${listed.join('; ')}`);
}

/** When a round must be able to close an entry, epoch ms by the clocks of its control plane. */
function dueAt({ activeAt, abandonedAfter, nextAttemptAt, fault }: UndoEntry, endsAt: number): number {
  const known = faults.get(fault.name);
  const shownMs = known?.lasts === true ? known.propagationMs : 0;
  const sureAt =
    (activeAt === undefined ? surelyAbandonedAt({ abandonedAfter }) : Date.parse(activeAt)) + shownMs;
  return Math.max(endsAt, sureAt, nextAttemptAt === undefined ? 0 : Date.parse(nextAttemptAt));
}

/** What must hold once all has come to rest. */
export async function checkEnd(
  { places }: Pick<UndoOrganization, 'places'>,
  planes: readonly ControlPlane[],
  { foreign }: Deeds,
  { changes }: Pick<Invariants, 'changes'>,
): Promise<void> {
  const isForsaken = planes.some((plane) => plane.isForsaken);
  const alive = planes.filter((plane) => !plane.isForsaken);
  for (const plane of alive) await checkLedger(plane, foreign, planes.length);
  for (const place of places) {
    const { region, resource, isDeleted, blows } = place;
    const { all, deliveries } = region.schedules;
    // What has ended otherwise, or is gone, may refuse the call, which is tried again for a day.
    const wasRefused = ({ seed }: (typeof all)[number]) =>
      deliveries.some(({ schedule, error }) => schedule === seed.name && error !== undefined);
    const isRefused = (one: (typeof all)[number]) => isForsaken && (isDeleted || wasRefused(one));
    must(all.every(isRefused), place, 'has a schedule left');
    if (isDeleted || !hasResidue(place)) continue;
    if (isUncertain(place, foreign.get(place), changes)) {
      must(!(await isOurs(place)), place, 'is broken for good');
      continue;
    }
    const contested = await Promise.all(alive.map((plane) => openEntriesOf(plane, place)));
    // What two control planes have done to each other is left to people; and the second may have saved, as what was before, what the first
    // had left of a change by somebody else.
    if (planes.length > 1 && (contested.flat().length > 0 || foreign.has(place))) continue;
    const isInert = isForsaken && blows[0]?.fault.ends.by !== 'schedule';
    must(
      isInert && !(await resource.isBroken()),
      place,
      `is not as it was: ${JSON.stringify(resource.describe())}`,
    );
  }
}

export async function isOurs({ resource, twin }: EnrolledPlace): Promise<boolean> {
  return (await resource.isBroken()) && !(await twin.isBroken());
}

async function checkLedger(plane: ControlPlane, foreign: Deeds['foreign'], planes: number): Promise<void> {
  const told = new Set(plane.told.flatMap(({ strikes }) => strikes.map(({ id }) => id)));
  for (const { id, state, target, fault } of await openEntriesOf(plane)) {
    const what = `${id} ${fault.name} in ${target.account} is ${state}`;
    if (state !== 'contested') throw new Violation(`${what} in the end`);
    const isOthers = [...foreign.keys()].some(({ account }) => account === target.account);
    if (!isOthers && planes === 1) throw new Violation(`${what}, and nobody else was there`);
    if (!told.has(id)) throw new Violation(`${what}, and nobody was told`);
  }
  const { found } = await plane.ledger.openStrikes();
  const open = new Set((await openEntriesOf(plane)).map(({ id }) => id));
  const ended = found.filter(({ undo }) => undo === undefined || !open.has(undo));
  const left = ended.find(({ state, undoneAt }) => state !== 'succeeded' || undoneAt === undefined);
  if (left !== undefined) throw new Violation(`a strike on ${left.group} is ${left.state} in the end`);
}

/**
 * Whether somebody else's change may have been lost: made when AWS still showed what was before, without revisions to tell; or when
 * nobody was there but the schedule, which does not look.
 */
function isUncertain(place: EnrolledPlace, at: number | undefined, changes: Invariants['changes']): boolean {
  if (at === undefined) return false;
  const shownBy = at + Math.max(...place.blows.map(({ fault }) => fault.propagationMs)) + 5_000;
  return (
    changes.some((change) => change.place === place && change.at >= at && change.at <= shownBy) ||
    place.region.schedules.deliveries.some((one) => one.at >= at && !isRefusal(one.error))
  );
}

/** AWS has said no. Where its answer was lost, it may have acted. */
function isRefusal(error: unknown): boolean {
  return error !== undefined && Object(error).name !== 'TimeoutError';
}
