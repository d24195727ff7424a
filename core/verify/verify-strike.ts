import { type Failure, failure } from '../model/failure.ts';
import type { Observation } from '../model/observation.ts';
import type { Recovered, Recovery } from '../model/recovery.ts';
import { StrikeConflict, type StrikeEntry } from '../model/strike.ts';
import { unreadableFailures } from '../model/unreadable-item.ts';
import type { World } from '../ports/world.ts';
import { assessRecovery } from './assess-recovery.ts';
import type { Closing } from './close-announced.ts';
import { falseAlarm, raiseAlarm } from './raise-alarm.ts';
import { RunDied, resolveOutcome } from './resolve-outcome.ts';

/** What the verification of one strike came to. */
export interface Verification {
  readonly recovered?: Recovered;
  readonly closing?: Closing;
  /** Whether the ledger's list of open strikes has changed. */
  readonly isChanged: boolean;
  readonly failures: readonly Failure[];
}

type VerifyingWorld = Pick<World, 'ledger' | 'config' | 'faults' | 'kinds' | 'journal' | 'announcer'>;

/**
 * Settles the strike if it has no outcome and an observation shows one, and closes it if its group has recovered, or has had its
 * time. Reports a run that died, as its own report was never made. `isSkewed`: by the clock of this process nobody's time is up.
 */
export async function verifyStrike(
  strike: StrikeEntry,
  observation: Observation | undefined,
  { now, isSkewed }: { readonly now: number; readonly isSkewed: boolean },
  world: VerifyingWorld,
): Promise<Verification> {
  const { ledger, journal, announcer } = world;
  const { account, region } = strike.target;
  const failures: Failure[] = [];
  const report = (error: unknown) => {
    failures.push(failure('verify', error, { account, region, group: strike.group }));
  };
  let isAlarmed = false;
  try {
    const { outcome, settles, died } = resolveOutcome(strike, observation, world, now);
    if (settles !== undefined) await ledger.settle(strike, settles);
    if (died !== undefined) report(new RunDied(strike, died));
    const isChanged = settles !== undefined;
    if (outcome === 'failed') return { isChanged, failures };

    const recovery = assessRecovery(strike, observation, world, now);
    if (recovery === undefined) return { isChanged, failures };
    const recovered = recoveredOf(strike, recovery);
    if (recovery.outcome === 'not-recovered') {
      // It takes a process whose clock is right to say that the time is up.
      if (isSkewed) return { isChanged: false, failures };
      journal.verified(recovered);
      // Before the strike is closed: if this run dies in between, the alarm has been raised, and twice is better than never. Where
      // it cannot be raised, the report comes first instead: it names the group, and what keeps the alarm from being raised.
      const notRaised = await raiseAlarm(recovered, announcer);
      if (notRaised !== undefined) {
        report(notRaised);
        return { recovered, closing: { strike, recovery }, isChanged: false, failures };
      }
      isAlarmed = true;
    }
    failures.push(...unreadableFailures('verify', await ledger.close(strike, recovery)));
    if (recovery.outcome !== 'not-recovered') journal.verified(recovered);
    return { recovered, isChanged: true, failures };
  } catch (error) {
    // A conflict: another run was quicker.
    const reported =
      error instanceof StrikeConflict ? isAlarmed && (await falseAlarm(strike, ledger)) : error;
    if (reported) report(reported);
    return { isChanged: true, failures };
  }
}

function recoveredOf({ group, target, runId, slot, at }: StrikeEntry, recovery: Recovery): Recovered {
  return { group, target, runId, slot, struckAt: at, recovery };
}
