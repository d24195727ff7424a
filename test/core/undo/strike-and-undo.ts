import type { Ledger } from '#core/ports/ledger.ts';
import type { Reach } from '#core/ports/reach.ts';
import { injectFault } from '#core/undo/inject-fault.ts';
import type { UndoOrder } from '#core/undo/plan-undo.ts';
import { reserveUndo } from '#core/undo/reserve-undo.ts';
import { type UndoWorld, undoDue } from '#core/undo/undo-due.ts';
import { aClaim } from '../../support/a-claim.ts';

const minuteMs = 60_000;

/** Claims, begins and injects, as a run does. `over`: aborted where nothing more is to be injected. */
export async function strikeOnce(
  world: UndoWorld & { readonly ledger: Ledger; readonly reach: Reach },
  claim = aClaim(),
  over?: AbortSignal,
): Promise<string> {
  const now = world.clock.now();
  const fault = world.faults.get('settings');
  if (fault?.lasts !== true) throw new Error('no fault that lasts');
  const prepared = { saved: { left: 'a', right: 'b' }, locks: ['arn'], hits: ['arn'] };
  const settled = { ...claim, at: new Date(now).toISOString(), abandonedAfter: now + 5 * minuteMs };
  const entry = reserveUndo({ ...settled, fault: { name: 'settings', parameters: {} } }, fault, prepared, {
    role: { arn: 'arn:aws:iam::222222222222:role/undo', externalId: 'id', optInKey: 'chaos:opt-in' },
    durationMs: 3 * minuteMs,
  });
  const { status } = await world.ledger.claim({ ...claim, undo: entry.id }, entry);
  if (status !== 'claimed') return status;
  const begun = await world.ledger.begin(claim);
  if (begun !== 'begun') return begun;
  return (await injectFault(entry, world, now + minuteMs, over)).outcome;
}

/** One round of the janitor. */
export async function janitorRound(world: UndoWorld, order: UndoOrder = {}): Promise<void> {
  const now = world.clock.now();
  const run = { runId: 'janitor', deadline: now + 50_000, surveyBy: now + 50_000 };
  await undoDue(order, run, world);
}
