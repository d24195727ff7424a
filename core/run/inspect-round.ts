import pMap from 'p-map';
import type { DecisionContext } from '../decide/decision-context.ts';
import type { Failure } from '../model/failure.ts';
import type { PartialResult } from '../model/partial-result.ts';
import type { RunContext } from '../model/run-context.ts';
import { type DecidedGroup, type DrawnGroup, type InspectionPorts, inspectDrawn } from './inspect-drawn.ts';
import type { Recorder } from './record-decisions.ts';

/** Two, so that one keeps calls in flight while the other waits for its last answers. Their evidence is in memory meanwhile. */
const piecesAtOnce = 2;
/** A place is called twice if a piece ends within it: hardly one call in 400. */
const groupsAPiece = 250;

/**
 * Inspects the groups of a round, sorted by account and region, as groups there share calls. The evidence of each piece goes to the
 * recorder; only the decisions are kept, in the order given.
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
  const byPlace = [...Map.groupBy(groups, ({ group }) => formatPlace(group)).values()].flat();
  return Array.from({ length: Math.ceil(byPlace.length / groupsAPiece) }, (_, index) =>
    byPlace.slice(index * groupsAPiece, (index + 1) * groupsAPiece),
  );
}

/** A key for an account and region. */
export function formatPlace({ account, region }: Pick<Failure, 'account' | 'region'>): string {
  return `${account}/${region}`;
}
