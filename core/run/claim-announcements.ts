import type { Failure } from '../model/failure.ts';
import { unreadableItem } from '../model/unreadable-item.ts';
import type { World } from '../ports/world.ts';
import { falseAlarmCode } from '../verify/raise-alarm.ts';
import { runDied } from '../verify/resolve-outcome.ts';

/** Equal for failures with the same cause. Messages may contain times and request ids. */
function causeKey({ stage, code, message, account, region, group }: Failure): string {
  return [stage, code, account, region, group, code === unreadableItem ? message : undefined]
    .filter((part) => part !== undefined)
    .join(' ');
}

/** The failures that are announced for the first time that day. */
export interface ClaimedAnnouncements {
  /** How many have been announced before. */
  readonly old: number;
  /** To be called after they have been announced: if the run dies before, the next one announces them. */
  keep(): Promise<void>;
  /** To be called if they could not be announced. */
  forget(): Promise<void>;
}

/**
 * Determines which of these failures are news on that day. If the ledger cannot be read, `unsure` decides: silence would be
 * worse than repetition.
 */
export async function claimAnnouncements(
  failures: readonly Failure[],
  { day, unsure }: { readonly day: string; readonly unsure: boolean },
  { ledger, clock }: Pick<World, 'ledger' | 'clock'>,
): Promise<ClaimedAnnouncements> {
  const now = clock.now();
  const causes = [...new Set(failures.filter((one) => !happensOnce(one)).map(causeKey))];
  const first = await Promise.all(
    causes.map(async (cause) => ledger.claimAnnouncement(day, cause, now).catch(() => unsure)),
  );
  const claimed = causes.filter((_, index) => first[index]);
  return {
    old: failures.filter((one) => !happensOnce(one) && !claimed.includes(causeKey(one))).length,
    keep: async () => {
      // If this cannot be recorded, the next run announces them again.
      await Promise.all(claimed.map((cause) => ledger.announced(day, cause).catch(() => {})));
    },
    forget: async () => {
      // If the ledger cannot be reached, it may not have recorded them either; otherwise they are announced again tomorrow.
      await Promise.all(claimed.map((cause) => ledger.notAnnounced(day, cause).catch(() => {})));
    },
  };
}

/** A dead run is found only once, and a false alarm is reported by the run that raised it. */
function happensOnce({ code }: Failure): boolean {
  return code === runDied || code === falseAlarmCode;
}
