import type { Failure } from '../model/failure.ts';
import { unreadableItem } from '../model/unreadable-item.ts';
import type { World } from '../ports/world.ts';
import { falseAlarmCode } from '../verify/raise-alarm.ts';
import { runDied } from '../verify/verify-strikes.ts';

/** What several failures have in common that tell of one thing. Their words may have times and request ids in them. */
export function causeOf({ stage, code, message, account, region, group }: Failure): string {
  return [stage, code, account, region, group, code === unreadableItem ? message : undefined]
    .filter((part) => part !== undefined)
    .join(' ');
}

/** Which failures people are told of for the first time that day. */
export interface ClaimedAnnouncements {
  /** How many are no news. */
  readonly old: number;
  /** To be called once people were told: what dies before is told by the next. */
  keep(): Promise<void>;
  /** To be called where they could not be told. */
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
  const causes = [...new Set(failures.filter((one) => !happensOnce(one)).map(causeOf))];
  const first = await Promise.all(
    causes.map(async (cause) => ledger.claimAnnouncement(day, cause, now).catch(() => unsure)),
  );
  const told = causes.filter((_, index) => first[index]);
  return {
    old: failures.filter((one) => !happensOnce(one) && !told.includes(causeOf(one))).length,
    keep: async () => {
      // Where it cannot be kept the next one tells it again.
      await Promise.all(told.map((cause) => ledger.announced(day, cause).catch(() => {})));
    },
    forget: async () => {
      // Who cannot be asked to forget has not heard of it either, or tells again tomorrow.
      await Promise.all(told.map((cause) => ledger.notAnnounced(day, cause).catch(() => {})));
    },
  };
}

/** A dead run is found by one that comes by, and no more after that; a false alarm is told by whoever raised it. */
function happensOnce({ code }: Failure): boolean {
  return code === runDied || code === falseAlarmCode;
}
