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

/** The result of verifying one strike. */
export interface Verification {
  readonly recovered?: Recovered;
  readonly closing?: Closing;
  /** Whether the ledger's list of open strikes has changed. */
  readonly isChanged: boolean;
  readonly failures: readonly Failure[];
}

type VerifyingWorld = Pick<World, 'ledger' | 'config' | 'faults' | 'kinds' | 'journal' | 'announcer'>;

/**
 * Settles a strike without an outcome if an observation shows one, and closes it if its group has recovered or its time is up.
 * Reports a run that died, as that made no report itself. `isSkewed`: this process's clock is wrong, so it never says that time is up.
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
      // Whether its time is up is left to a process whose clock is right.
      if (isSkewed) return { isChanged: false, failures };
      journal.verified(recovered);
      // Before closing the strike: if this run dies in between, the alarm is raised twice, which is better than never. If it cannot be
      // raised, the strike stays open until the report, which names the group and the error, has been announced.
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
