import type { Failure } from '../model/failure.ts';
import { unreadableItem } from '../model/unreadable-item.ts';
import type { World } from '../ports/world.ts';
import { falseAlarmCode } from '../verify/raise-alarm.ts';
import { runDied } from '../verify/resolve-outcome.ts';

/** What failures of one cause have in common. Their texts may have times and request ids in them. */
export function causeKey({ stage, code, message, account, region, group }: Failure): string {
  return [stage, code, account, region, group, code === unreadableItem ? message : undefined]
    .filter((part) => part !== undefined)
    .join(' ');
}

/** Which failures are announced for the first time that day. */
export interface ClaimedAnnouncements {
  /** How many are no news. */
  readonly old: number;
  /** To be called once they were announced: if the run dies before, the next one announces them. */
  keep(): Promise<void>;
  /** To be called where they could not be announced. */
  forget(): Promise<void>;
}

/**
 * Which of these failures are news on that day. Where the ledger cannot say, all are if `unsure` says so: silence would be
 * worse.
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
      // Where that cannot be noted, the next run announces them again.
      await Promise.all(claimed.map((cause) => ledger.announced(day, cause).catch(() => {})));
    },
    forget: async () => {
      // A ledger that cannot be asked to forget may not have noted them either; else they are announced again tomorrow.
      await Promise.all(claimed.map((cause) => ledger.notAnnounced(day, cause).catch(() => {})));
    },
  };
}

/** A dead run is found once, and a false alarm is reported by the run that raised it. */
function happensOnce({ code }: Failure): boolean {
  return code === runDied || code === falseAlarmCode;
}
