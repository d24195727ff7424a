import pMap from 'p-map';
import type { DecisionContext } from '../decide/decision-context.ts';
import type { Failure } from '../model/failure.ts';
import type { PartialResult } from '../model/partial-result.ts';
import type { RunContext } from '../model/run-context.ts';
import { type DecidedGroup, type DrawnGroup, type InspectionPorts, inspectDrawn } from './inspect-drawn.ts';
import type { Recorder } from './record-decisions.ts';

/** What was seen of two pieces is in memory at once: while one waits for its last answers, the other keeps calls in flight. */
const piecesAtOnce = 2;
/** Place by place, so that at most one place is asked twice where a piece ends: hardly a call in 400. */
const groupsAPiece = 250;

/**
 * Inspects the groups of a round. Those of an account and region are next to each other, as they share calls. What was seen of a piece
 * goes to the recorder, and only what was decided stays, in the order given.
 */
export async function inspectRound(
  groups: readonly DrawnGroup[],
  context: DecisionContext,
  run: RunContext,
  recorder: Pick<Recorder, 'add'>,
  ports: InspectionPorts,
): Promise<PartialResult<readonly DecidedGroup[]>> {
  const decided = new Map<string, DecidedGroup>();
  const failures = await pMap(
    piecesOf(groups),
    async (piece) => {
      const inspected = await inspectDrawn(piece, context, run, ports);
      recorder.add(inspected.value);
      for (const { group, decision, order } of inspected.value) {
        decided.set(group.key, { group, decision, order });
      }
      return inspected.failures;
    },
    { concurrency: piecesAtOnce },
  );
  return { value: groups.flatMap(({ group }) => decided.get(group.key) ?? []), failures: failures.flat() };
}

function piecesOf(groups: readonly DrawnGroup[]): readonly (readonly DrawnGroup[])[] {
  const byPlace = [...Map.groupBy(groups, ({ group }) => placeOf(group)).values()].flat();
  return Array.from({ length: Math.ceil(byPlace.length / groupsAPiece) }, (_, index) =>
    byPlace.slice(index * groupsAPiece, (index + 1) * groupsAPiece),
  );
}

/** The account and region in one, to tell places apart. */
export function placeOf({ account, region }: Pick<Failure, 'account' | 'region'>): string {
  return `${account}/${region}`;
}
