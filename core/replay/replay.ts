import { isDeepStrictEqual } from 'node:util';
import { calendarOf } from '../calendar/make-calendar.ts';
import { parseConfig } from '../config/config.ts';
import { parseRequest } from '../config/run-request.ts';
import { sparedByLedger } from '../decide/check-ledger.ts';
import { chooseUnprotected } from '../decide/choose-unprotected.ts';
import { type DecisionContext, decideGroup, makeDecisionContext, spared } from '../decide/decide-group.ts';
import { allGates } from '../gates/check-gates.ts';
import type { FaultRegistry } from '../model/fault.ts';
import type { RecordedGroup, Recording } from '../reports/recording.ts';
import type { Outcome, Replay } from '../reports/replay.ts';
import { compareStrings } from '../util/compare-strings.ts';

/** Throws `InvalidInput` where the recorded configuration or request is not valid for this version. */
export function replay(recording: Recording, secret: string, faults: FaultRegistry): Replay {
  const { runId, slot, now, open, unreadable = [] } = recording;
  const config = parseConfig(recording.config, faults, `configuration of run ${runId}`);
  const request = parseRequest(recording.request, config, faults);
  const calendar = calendarOf(config);
  const context = { config, calendar, now, day: calendar.dayOf(slot.at), open, unreadable };
  const grounds = makeDecisionContext({ context, faults, request, slot, secret });

  const differing = recording.groups
    .map((group) => ({ recorded: recordedOutcome(group), replayed: decidedAgain(group, grounds) }))
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

function decidedAgain(recorded: RecordedGroup, grounds: DecisionContext): Outcome {
  const { group, ledgerState, looked, protections = {}, decision: before } = recorded;
  const { drawn, decision } = decideGroup(group, grounds);
  if (drawn === undefined) return { decision, targetId: null };
  const refused = ledgerState && sparedByLedger(drawn, decision, ledgerState, grounds);
  if (refused !== undefined) return { decision: refused, targetId: null };
  if (ledgerState === undefined || looked === undefined) {
    // What was not looked up then, as time was up or a gate had closed, is not there to be looked at now.
    const { code, text } = before.reason;
    return { decision: unlooked.includes(code) ? spared(decision, code, text) : decision, targetId: null };
  }
  const relisted = looked.group === 'unchanged' ? group : looked.group;
  const inspected = {
    ...ledgerState,
    looked: { ...looked, group: relisted },
    protections: new Map(Object.entries(protections)),
  };
  const chosen = chooseUnprotected(decision, inspected, grounds);
  return { decision: chosen.decision, targetId: chosen.order?.target.id ?? null };
}

/** Reasons for which a drawn group was not looked up. */
const unlooked: readonly string[] = ['not-inspected', ...allGates.map(({ name }) => name)];

/** As JSON, as the recording was kept: what is absent and what is undefined read the same. */
function asKept(outcome: Outcome): unknown {
  return JSON.parse(JSON.stringify(outcome));
}
