import pMap from 'p-map';
import { readLedgerState, sparedByLedger } from '../decide/check-ledger.ts';
import type { Chosen, LookedUp } from '../decide/choose-target.ts';
import { chooseUnprotected } from '../decide/choose-unprotected.ts';
import { type Decided, type DecisionContext, type Drawn, spared } from '../decide/decide-group.ts';
import { DeadlineReached, type Failure, failure } from '../model/failure.ts';
import type { Inspection, Protection } from '../model/group.ts';
import type { LedgerState } from '../model/group-record.ts';
import { orFallback, type PartialResult } from '../model/partial-result.ts';
import type { RunContext } from '../model/run-context.ts';
import type { Order } from '../model/strike.ts';
import { unreadableFailures } from '../model/unreadable-item.ts';
import type { World } from '../ports/world.ts';
import { counted } from '../util/format.ts';
import { type Lookup, lookUp } from '../util/lookup.ts';

/** A group that was drawn, and the decision to strike it. */
export interface DrawnGroup extends Pick<Decided, 'decision'> {
  readonly drawn: Drawn;
}

export function drawnOf(decided: readonly Decided[]): readonly DrawnGroup[] {
  return decided.flatMap(({ drawn, decision }) => (drawn === undefined ? [] : [{ drawn, decision }]));
}

/** A drawn group, what was found out about it, and what was chosen. */
export interface Inspected extends Chosen {
  readonly drawn: Drawn;
  /** Undefined where the group was not come to. */
  readonly ledgerState?: LedgerState;
  /** Undefined where it was spared before that, or could not be looked up. */
  readonly inspected?: Pick<LookedUp, 'looked' | 'protections'>;
}

/** A group that is to be struck. */
export type ReadyToStrike = Inspected & { readonly order: Order; readonly ledgerState: LedgerState };

export function isReadyToStrike(one: Inspected): one is ReadyToStrike {
  return one.order !== undefined;
}

/** Few calls at once: each chosen instance is asked about by itself. */
const asksAtOnce = 16;

/**
 * Reads what the ledger has about drawn groups, looks up those that nothing of it spares, and chooses the instance of each.
 * Only groups about to be struck cost more than the survey.
 */
export async function inspectDrawn(
  groups: readonly DrawnGroup[],
  grounds: DecisionContext,
  run: RunContext,
  { fleet, ledger }: Pick<World, 'fleet' | 'ledger'>,
): Promise<PartialResult<readonly Inspected[]>> {
  if (groups.length === 0) return { value: [], failures: [] };
  const records = await readLedgerState(
    groups.map(({ drawn }) => drawn.group),
    grounds.context,
    ledger,
  );
  const unreadable = unreadableFailures('inspect', records.unreadable);
  const found: Inspected[] = [];
  const left: ToLookUp[] = [];
  for (const { drawn, decision } of groups) {
    const ledgerState = records.of(drawn.group.key);
    const refused = sparedByLedger(drawn, decision, ledgerState, grounds);
    if (refused === undefined) left.push({ drawn, decision, ledgerState });
    else found.push({ drawn, decision: refused, ledgerState, order: undefined });
  }
  if (left.length === 0) return { value: found, failures: unreadable };

  const nothing = new Map<string, Inspection>();
  const listed = left.map(({ drawn }) => drawn.group);
  const inspection = await orFallback('inspect', nothing, fleet.inspect(listed, run));
  const chosen = await pMap(
    left,
    (one) => choose(one, inspection.value.get(one.drawn.group.key), grounds, run, fleet),
    { concurrency: asksAtOnce },
  );
  const late = chosen.filter(
    ({ drawn, inspected }) => inspected === undefined && inspection.value.has(drawn.group.key),
  );
  return {
    value: [...found, ...chosen],
    failures: [...unreadable, ...inspection.failures, ...tooLate(late.length)],
  };
}

function tooLate(groups: number): readonly Failure[] {
  if (groups === 0) return [];
  const asked = `ask whether instances of ${counted(groups, 'group')} are protected`;
  return [failure('inspect', new DeadlineReached(asked))];
}

type ToLookUp = DrawnGroup & { readonly ledgerState: LedgerState };

/** Whether an instance is protected is asked of the one instance that was chosen; if it is, of the next, of a few in all. */
async function choose(
  { drawn, decision, ledgerState }: ToLookUp,
  looked: Inspection | undefined,
  grounds: DecisionContext,
  run: RunContext,
  fleet: World['fleet'],
): Promise<Inspected> {
  const notInspected = (text: string): Inspected => ({
    ...{ drawn, ledgerState, order: undefined },
    decision: spared(decision, 'not-inspected', text),
  });
  if (looked === undefined) return notInspected('its instances could not be looked up');
  const protections = new Map<string, Lookup<readonly Protection[]>>();
  const inspected = { looked, protections };
  for (;;) {
    const chosen = chooseUnprotected(decision, { ...ledgerState, ...inspected }, grounds);
    const target = chosen.order?.target;
    if (target === undefined || protections.has(target.id)) {
      return { ...chosen, drawn, ledgerState, inspected };
    }
    const asked = fleet.protectionsOf(target, run);
    const isLate = asked.then(
      () => false,
      (error: unknown) => error instanceof DeadlineReached,
    );
    const protection = await lookUp(asked);
    if (await isLate) return notInspected('no time was left to look it up');
    protections.set(target.id, protection);
  }
}
