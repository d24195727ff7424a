import type { Recovered } from '../model/recovery.ts';
import { type StrikeEntry, strikeKey } from '../model/strike.ts';
import type { Announcer } from '../ports/announcer.ts';
import type { Ledger } from '../ports/ledger.ts';
import { codeOf, messageOf } from '../util/error-text.ts';

/** Raises the alarm of a group that did not recover; the error to report where it cannot be raised. */
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
 * What to report about an alarm that was raised for a strike that somebody else closed meanwhile. Nothing where they found as
 * well that its group has not recovered.
 */
export async function falseAlarm(
  strike: StrikeEntry,
  ledger: Pick<Ledger, 'recentStrikes'>,
): Promise<FalseAlarm | undefined> {
  const seen = await ledger.recentStrikes(strike.group, recentStrikes).then(
    ({ found }) =>
      outcomeSeen(found.find(({ slot, runId }) => slot === strike.slot && runId === strike.runId)),
    (error: unknown) => `how it was closed could not be read: ${messageOf(error)}`,
  );
  return seen === undefined ? undefined : new FalseAlarm(strike, seen);
}

/** Others cannot have struck it since: it has been open until just now. */
const recentStrikes = 5;

function outcomeSeen(closed: StrikeEntry | undefined): string | undefined {
  if (closed?.recovery === undefined) return 'it is not on record how it was closed';
  const { outcome, text } = closed.recovery;
  return outcome === 'not-recovered' ? undefined : `${outcome}: ${text}`;
}

class AlarmNotRaised extends Error {
  override readonly name = 'AlarmNotRaised';

  constructor(cause: unknown) {
    super(
      `the group has not recovered, and the alarm of that could not be raised: ${codeOf(cause)}: ${messageOf(cause)}`,
    );
  }
}

/** The code of its failure. Not the class's own name, which does not outlive the bundler. */
export const falseAlarmCode = 'FalseAlarm';

class FalseAlarm extends Error {
  override readonly name = falseAlarmCode;

  constructor(strike: StrikeEntry, seen: string) {
    super(
      `the alarm that the group has not recovered may be false. Another run closed the strike ${strikeKey(strike)} at that moment: ${seen}`,
    );
  }
}
