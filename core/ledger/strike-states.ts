import type { GroupLeash, GroupRecord, LastStrike, Refusals } from '../model/group-record.ts';
import type { Recovery } from '../model/recovery.ts';
import {
  type Claim,
  type Lock,
  StrikeConflict,
  type StrikeEntry,
  type StrikeId,
  strikeKey,
} from '../model/strike.ts';
import type { UndoEntry } from '../model/undo-entry.ts';
import { compareStrings } from '../util/compare-strings.ts';

/** Rules that all ledgers share, wherever they store records. */

type State = StrikeEntry['state'];
type StateOf = Pick<StrikeEntry, 'state' | 'recovery'>;

/** States of a strike whose outcome is not final. */
export const unsettledStates: readonly State[] = ['planned', 'striking', 'unknown'];
/** States of a strike whose group may be recovering. */
export const waitingStates: readonly State[] = ['succeeded', 'unknown'];

/** The default record of a group. */
export const noGroupRecord: GroupRecord = {
  version: 0,
  last: undefined,
  veto: undefined,
  leash: undefined,
};

/** Whether it can be settled. */
export function isUnsettled({ state, recovery }: StateOf): boolean {
  return recovery === undefined && unsettledStates.includes(state);
}

/** Whether it can be closed. */
export function isWaiting({ state, recovery }: StateOf): boolean {
  return recovery === undefined && waitingStates.includes(state);
}

/** Whether it counts as concurrently unverified. */
export function isOpen(strike: StateOf): boolean {
  return isUnsettled(strike) || isWaiting(strike);
}

export function notUnsettled(strike: StrikeId): StrikeConflict {
  return new StrikeConflict(`run ${strike.runId} has no unsettled strike: ${strikeKey(strike)}`);
}

export function notWaiting(strike: StrikeId): StrikeConflict {
  return new StrikeConflict(`run ${strike.runId} has no strike waiting for recovery: ${strikeKey(strike)}`);
}

/** Whether the run that holds this claim is repeating it before calling AWS. */
export function isRepeated(claim: Claim, record: StrikeEntry): boolean {
  return record.runId === claim.runId && record.state === 'planned';
}

export function plannedStrike(claim: Claim): StrikeEntry {
  return { ...claim, state: 'planned', detail: '', recovery: undefined };
}

/** The locks that an undo entry takes. */
export function locksOf({
  id: strike,
  locks,
  group,
  runId,
}: Pick<UndoEntry, 'id' | 'locks' | 'group' | 'runId'>): readonly Lock[] {
  return locks.map((arn) => ({ arn, strike, group, runId }));
}

/** A strike as its group's record keeps it. */
export function lastStrike({ slot, day, at }: LastStrike): LastStrike {
  return { slot, day, at };
}

/** Limited, as the group's item has little room. */
const keptRefusals = 5;
const maxDetail = 200;

/** Adds a refusal by AWS to a group's record, and drops those of other days. */
export function addRefusal(
  before: Refusals | undefined,
  { day, target }: Pick<StrikeEntry, 'day' | 'target'>,
  detail: string,
): Refusals {
  const earlier = before?.day === day ? before.of : [];
  const refusal = { targetId: target.id, detail: detail.slice(0, maxDetail) };
  return { day, of: [...earlier, refusal].slice(-keptRefusals) };
}

/** The leash of a group that did not recover. */
export function makeGroupLeash({ text, at }: Recovery): GroupLeash {
  return { reason: text, by: 'chaos_monkey', at };
}

export function oldestFirst(a: StrikeEntry, b: StrikeEntry): number {
  return compareStrings(a.at + strikeKey(a), b.at + strikeKey(b));
}

/** How long a run may take to announce something: less than the five minutes until the next verification. */
export const announcingMs = 4 * 60_000;
