import pMap from 'p-map';
import type { DecisionContext } from '../decide/decision-context.ts';
import { evaluate } from '../decide/evaluate.ts';
import type { Evaluation, Evidence } from '../decide/evidence.ts';
import { readLedgerState, readOthers } from '../decide/read-ledger-state.ts';
import { spareGroup } from '../decide/spare-group.ts';
import type { Decision } from '../model/decision.ts';
import { DeadlineReached, type Failure, failure } from '../model/failure.ts';
import type { Group, Inspection } from '../model/group.ts';
import type { LedgerState } from '../model/group-record.ts';
import type { KnownPreparation } from '../model/known-others.ts';
import { orFallback, type PartialResult } from '../model/partial-result.ts';
import type { RunContext } from '../model/run-context.ts';
import type { Order } from '../model/strike.ts';
import { unreadableFailures } from '../model/unreadable-item.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { World } from '../ports/world.ts';
import { counted } from '../util/format.ts';
import { type Lookup, lookUp } from '../util/lookup.ts';

/** A group, the evidence gathered about it, and the decision based on it. */
export interface EvaluatedGroup {
  /** The group as the survey listed it. */
  readonly group: Group;
  readonly evidence: Evidence;
  readonly decision: Decision;
  /** The strike to make; undefined for a group that is spared. */
  readonly order?: Order | undefined;
}

export type DrawnGroup = Pick<EvaluatedGroup, 'group' | 'decision'>;
/** What is kept of an evaluated group once its evidence has been recorded. */
export type DecidedGroup = Omit<EvaluatedGroup, 'evidence'>;
export type ReadyToStrike = DecidedGroup & { readonly order: Order };

export function isReadyToStrike(one: DecidedGroup): one is ReadyToStrike {
  return one.order !== undefined;
}

export interface InspectionPorts extends Pick<World, 'fleet'> {
  readonly ledger: Pick<Ledger, 'groupRecords' | 'usage'>;
}

/** Limits concurrency, as each chosen target needs its own call. */
const asksAtOnce = 16;

/**
 * Reads the ledger's records of drawn groups, inspects the groups that these do not spare, and chooses a target in each. Only
 * groups about to be struck cost more than the survey.
 */
export async function inspectDrawn(
  groups: readonly DrawnGroup[],
  context: DecisionContext,
  run: RunContext,
  { fleet, ledger }: InspectionPorts,
): Promise<PartialResult<readonly EvaluatedGroup[]>> {
  if (groups.length === 0) return { value: [], failures: [] };
  const states = await readLedgerState(
    groups.map(({ group }) => group),
    context,
    ledger,
  );
  const unreadable = unreadableFailures('inspect', states.unreadable);
  const onLedger = groups.map(({ group }) => {
    const evidence = { ledger: states.of(group.key) };
    return { group, evidence, ...evaluate(group, evidence, context) };
  });
  const spares = onLedger.filter(({ missing }) => missing === undefined);
  const left = onLedger.filter(({ missing }) => missing !== undefined);
  if (left.length === 0) return { value: spares, failures: unreadable };

  const nothing = new Map<string, Inspection>();
  const listed = left.map(({ group }) => group);
  const inspections = await orFallback('inspect', nothing, fleet.inspect(listed, run));
  const chosen = await pMap(
    left,
    (one) => chooseOne(one, inspections.value.get(one.group.key), context, run, { fleet, ledger }),
    { concurrency: asksAtOnce },
  );
  const late = chosen.filter(
    ({ group, evidence }) => evidence.inspection === undefined && inspections.value.has(group.key),
  );
  return {
    value: [...spares, ...chosen],
    failures: [...unreadable, ...inspections.failures, ...tooLate(late.length)],
  };
}

function tooLate(groups: number): readonly Failure[] {
  if (groups === 0) return [];
  const asked = `ask whether targets of ${counted(groups, 'group')} are protected`;
  return [failure('inspect', new DeadlineReached(asked))];
}

interface OnLedger extends Evaluation {
  readonly group: Group;
  readonly evidence: { readonly ledger: LedgerState };
}

/** Reads only the chosen target's protections; if it is protected, those of the next choice, up to a few in all. */
async function chooseOne(
  { group, evidence: { ledger }, decision }: OnLedger,
  inspection: Inspection | undefined,
  context: DecisionContext,
  run: RunContext,
  ports: InspectionPorts,
): Promise<EvaluatedGroup> {
  const notInspected = (text: string): EvaluatedGroup => ({
    group,
    evidence: { ledger },
    decision: spareGroup(decision, { code: 'not-inspected', text }),
  });
  if (inspection === undefined) return notInspected('it could not be inspected');
  const protections = new Map<string, Lookup<readonly string[]>>();
  const preparations = new Map<string, Lookup<KnownPreparation>>();
  const evidence = { ledger, inspection, protections, preparations };
  for (;;) {
    const { decision, order, missing } = evaluate(group, evidence, context);
    if (missing === undefined || order === undefined) return { group, evidence, decision, order };
    const { id } = order.target;
    const isLate =
      missing === 'preparations'
        ? await askInTime(prepare(order, context, run, ports), (found) => preparations.set(id, found))
        : await askInTime(ports.fleet.protectionsOf(order.target, run), (found) =>
            protections.set(id, found),
          );
    if (isLate) return notInspected('no time was left to inspect it');
  }
}

async function prepare(
  order: Order,
  context: DecisionContext,
  run: RunContext,
  { fleet, ledger }: InspectionPorts,
): Promise<KnownPreparation> {
  const prepared = await fleet.prepare(order, run);
  if ('unfit' in prepared || prepared.others === undefined) return prepared;
  const { others, ...rest } = prepared;
  return others.length === 0 ? rest : { ...rest, known: await readOthers(order, others, context, ledger) };
}

/** Keeps an answer, or why there is none. True where it was too late to ask. */
async function askInTime<Answer>(
  asked: Promise<Answer>,
  keep: (found: Lookup<Answer>) => void,
): Promise<boolean> {
  const isLate = asked.then(
    () => false,
    (error: unknown) => error instanceof DeadlineReached,
  );
  const found = await lookUp(asked);
  if (await isLate) return true;
  keep(found);
  return false;
}
