import type { DecisionContext } from '../decide/decision-context.ts';
import type { PartialResult } from '../model/partial-result.ts';
import type { RunContext } from '../model/run-context.ts';
import { type DecidedGroup, type DrawnGroup, type InspectionPorts, inspectDrawn } from './inspect-drawn.ts';
import type { Recorder } from './record-decisions.ts';

/**
 * What was seen of so many groups is in memory at once. The calls of the next ones wait for the last of these: the fewer, the more often
 * hardly any is in flight. As places stay together, at most one is asked twice where one piece ends and the next begins.
 */
const groupsAtOnce = 500;

/**
 * Inspects the groups of a round. Those of an account and region are next to each other, as they share calls; what was seen of some
 * hundred groups goes to the recorder, and only what was decided stays, in the order given.
 */
export async function inspectRound(
  groups: readonly DrawnGroup[],
  context: DecisionContext,
  run: RunContext,
  recorder: Pick<Recorder, 'add'>,
  ports: InspectionPorts,
): Promise<PartialResult<readonly DecidedGroup[]>> {
  const byPlace = [...Map.groupBy(groups, ({ group }) => `${group.account}/${group.region}`).values()].flat();
  const decided = new Map<string, DecidedGroup>();
  const failures = [];
  for (let start = 0; start < byPlace.length; start += groupsAtOnce) {
    const inspected = await inspectDrawn(byPlace.slice(start, start + groupsAtOnce), context, run, ports);
    recorder.add(inspected.value);
    failures.push(...inspected.failures);
    for (const { group, decision, order } of inspected.value)
      decided.set(group.key, { group, decision, order });
  }
  return { value: groups.flatMap(({ group }) => decided.get(group.key) ?? []), failures };
}
