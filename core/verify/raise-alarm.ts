import type { Recovered } from '../model/recovery.ts';
import { type StrikeEntry, strikeKey } from '../model/strike.ts';
import type { Announcer } from '../ports/announcer.ts';
import type { Ledger } from '../ports/ledger.ts';
import { codeOf, messageOf } from '../util/error-text.ts';

/** Raises the alarm for a group that did not recover. Returns the error to report if that fails. */
export async function raiseAlarm(
  recovered: Recovered,
  announcer: Pick<Announcer, 'raiseAlarm'>,
): Promise<AlarmNotRaised | undefined> {
  return announcer.raiseAlarm(recovered).then(
    () => undefined,
    (error: unknown) => new AlarmNotRaised(error),
  );
}

/**
 * The error to report about an alarm for a strike that another run closed at the same time; undefined if that run also found that
 * the group has not recovered.
 */
export async function falseAlarm(
  strike: StrikeEntry,
  ledger: Pick<Ledger, 'recentStrikes'>,
): Promise<FalseAlarm | undefined> {
  const seen = await ledger.recentStrikes(strike.group, recentStrikes).then(
    ({ found }) =>
      outcomeSeen(found.find(({ slot, runId }) => slot === strike.slot && runId === strike.runId)),
    (error: unknown) => `its result could not be read: ${messageOf(error)}`,
  );
  return seen === undefined ? undefined : new FalseAlarm(strike, seen);
}

/** Enough: the strike was open until just now, so hardly any is newer. */
const recentStrikes = 5;

function outcomeSeen(closed: StrikeEntry | undefined): string | undefined {
  if (closed?.recovery === undefined) return 'its result is not on record';
  const { outcome, text } = closed.recovery;
  return outcome === 'not-recovered' ? undefined : `${outcome}: ${text}`;
}

class AlarmNotRaised extends Error {
  override readonly name = 'AlarmNotRaised';

  constructor(cause: unknown) {
    super(
      `the group has not recovered, and its alarm could not be raised: ${codeOf(cause)}: ${messageOf(cause)}`,
    );
  }
}

/** The failure's code. Not the class's name, which the bundler may change. */
export const falseAlarmCode = 'FalseAlarm';

class FalseAlarm extends Error {
  override readonly name = falseAlarmCode;

  constructor(strike: StrikeEntry, seen: string) {
    super(
      `the alarm that the group has not recovered may be false. Another run closed the strike ${strikeKey(strike)} at the same moment: ${seen}`,
    );
  }
}
