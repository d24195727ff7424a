import type { GroupLeash, GroupRecord, LastStrike, Refusals } from '../model/group-record.ts';
import type { Recovery } from '../model/recovery.ts';
import { type Claim, StrikeConflict, type StrikeEntry, type StrikeId, strikeKey } from '../model/strike.ts';
import { compareStrings } from '../util/compare-strings.ts';

/** What all ledgers agree on, whatever keeps their records. */

type State = StrikeEntry['state'];
type StateOf = Pick<StrikeEntry, 'state' | 'recovery'>;

/** States of a strike whose outcome is not known for good. */
export const unsettledStates: readonly State[] = ['planned', 'striking', 'unknown'];
/** States of a strike whose group may be recovering. */
export const waitingStates: readonly State[] = ['succeeded', 'unknown'];

/** The record of a group that has none yet. */
export const noGroupRecord: GroupRecord = {
  version: 0,
  last: undefined,
  veto: undefined,
  leash: undefined,
};

/** It can be settled. */
export function isUnsettled({ state, recovery }: StateOf): boolean {
  return recovery === undefined && unsettledStates.includes(state);
}

/** It can be closed. */
export function isWaiting({ state, recovery }: StateOf): boolean {
  return recovery === undefined && waitingStates.includes(state);
}

/** It counts as concurrently unverified. */
export function isOpen(strike: StateOf): boolean {
  return isUnsettled(strike) || isWaiting(strike);
}

export function notUnsettled(strike: StrikeId): StrikeConflict {
  return new StrikeConflict(`no strike of run ${strike.runId} is without an outcome: ${strikeKey(strike)}`);
}

export function notWaiting(strike: StrikeId): StrikeConflict {
  return new StrikeConflict(
    `no strike of run ${strike.runId} waits for its group to recover: ${strikeKey(strike)}`,
  );
}

/** A claim made again by the run that has it, which AWS has not been asked for yet. */
export function isRepeated(claim: Claim, record: StrikeEntry): boolean {
  return record.runId === claim.runId && record.state === 'planned';
}

export function plannedStrike(claim: Claim): StrikeEntry {
  return { ...claim, state: 'planned', detail: '', recovery: undefined };
}

/** As the record of its group has it. */
export function lastStrike({ slot, day, at }: LastStrike): LastStrike {
  return { slot, day, at };
}

/** An item of the ledger has little room. */
const keptRefusals = 5;
const maxDetail = 200;

/** What stands about a group once AWS has refused one more strike of it. Those of another day matter no more. */
export function addRefusal(
  before: Refusals | undefined,
  { day, target }: Pick<StrikeEntry, 'day' | 'target'>,
  detail: string,
): Refusals {
  const earlier = before?.day === day ? before.of : [];
  const refusal = { targetId: target.id, detail: detail.slice(0, maxDetail) };
  return { day, of: [...earlier, refusal].slice(-keptRefusals) };
}

/** For a group that did not recover. */
export function makeGroupLeash({ text, at }: Recovery): GroupLeash {
  return { reason: text, by: 'chaos_monkey', at };
}

export function oldestFirst(a: StrikeEntry, b: StrikeEntry): number {
  return compareStrings(a.at + strikeKey(a), b.at + strikeKey(b));
}

/** How long whoever tells people has for it: less than the five minutes until the next verification. */
export const announcingMs = 4 * 60_000;
