import { isDeepStrictEqual } from 'node:util';
import { makeCalendar } from '../calendar/make-calendar.ts';
import { parseConfig } from '../config/config.ts';
import { parseRequest } from '../config/run-request.ts';
import { type DecisionContext, makeDecisionContext } from '../decide/decision-context.ts';
import { evaluate } from '../decide/evaluate.ts';
import { spareGroup } from '../decide/spare-group.ts';
import { allGates } from '../gates/index.ts';
import type { World } from '../ports/world.ts';
import type { RecordedGroup, Recording } from '../reports/recording.ts';
import type { Outcome, Replay } from '../reports/replay.ts';
import { compareStrings } from '../util/compare-strings.ts';

/** Throws `InvalidInput` if the recorded configuration or request is not valid in this version. */
export function replay(
  recording: Recording,
  secret: string,
  { faults, kinds }: Pick<World, 'faults' | 'kinds'>,
): Replay {
  const { runId, slot, now, open, unreadable = [] } = recording;
  const config = parseConfig(recording.config, faults, `configuration of run ${runId}`);
  const request = parseRequest(recording.request, config, faults);
  const calendar = makeCalendar(config);
  const context = makeDecisionContext({
    ...{ config, calendar, now, day: calendar.dayOf(slot.at), open, unreadable },
    ...{ faults, kinds, request, slot, secret },
  });

  const differing = recording.groups
    .map((group) => ({ recorded: recordedOutcome(group), replayed: evaluatedAgain(group, context) }))
    .filter(({ recorded, replayed }) => !isDeepStrictEqual(asKept(recorded), asKept(replayed)))
    .sort((a, b) => compareStrings(a.recorded.decision.group, b.recorded.decision.group));
  const [first] = differing;
  return {
    schemaVersion: 2,
    runId,
    groups: recording.groups.length,
    chosen: recording.groups.filter(({ decision }) => decision.verdict === 'strike').length,
    differences: differing.length,
    ...(first && { first: { group: first.recorded.decision.group, ...first } }),
  };
}

function recordedOutcome({ decision, targetId }: RecordedGroup): Outcome {
  return { decision, targetId: targetId ?? null };
}

function evaluatedAgain(recorded: RecordedGroup, context: DecisionContext): Outcome {
  const { group, ledgerState, looked, protections = {}, preparations = {}, decision: before } = recorded;
  const { decision, missing, order } = evaluate(
    group,
    {
      ledger: ledgerState,
      inspection: looked && { ...looked, group: looked.group === 'unchanged' ? group : looked.group },
      protections: new Map(Object.entries(protections)),
      preparations: new Map(Object.entries(preparations)),
    },
    context,
  );
  // A group that was not inspected then, because time was up or a gate had closed, cannot be inspected now.
  const isLeft = missing !== undefined && order === undefined && uninspected.includes(before.reason.code);
  return {
    decision: isLeft ? spareGroup(decision, before.reason) : decision,
    targetId: order?.target.id ?? null,
  };
}

/** Reasons for which a drawn group was not inspected. */
const uninspected: readonly string[] = ['not-inspected', ...allGates.map(({ name }) => name)];

/** Compares as JSON, the format of recordings, in which absent and undefined are the same. */
function asKept(outcome: Outcome): unknown {
  return JSON.parse(JSON.stringify(outcome));
}
