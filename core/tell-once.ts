import type { World } from './ports.ts';
import type { Failure } from './report.ts';
import { unreadableItem } from './unreadable.ts';

/** What several failures have in common that tell of one thing. Their words may have times and request ids in them. */
export function causeOf({ stage, code, message, account, region, group }: Failure): string {
  return [stage, code, account, region, group, code === unreadableItem ? message : undefined]
    .filter((part) => part !== undefined)
    .join(' ');
}

/** Causes that nobody was told of on that day before, and that are told of now. */
export interface FirstTold {
  readonly isAny: boolean;
  /** To be called once people were told: what dies before is told by the next. */
  keep(): Promise<void>;
  /** To be called where they could not be told. */
  forget(): Promise<void>;
}

const hourMs = 60 * 60_000;
/** Longer than the five minutes from one verification to the next, as those are not to the second. */
const windowMs = 6 * 60_000;

/**
 * Which of these failures are news on that day. Where the ledger cannot say, all are, once or twice an hour: silence would be
 * worse, and so would a message every five minutes.
 */
export async function firstTold(
  failures: readonly Failure[],
  day: string,
  { ledger, clock }: Pick<World, 'ledger' | 'clock'>,
): Promise<FirstTold> {
  const causes = [...new Set(failures.map(causeOf))];
  const now = clock.now();
  const isTurnOfHour = now % hourMs < windowMs;
  const first = await Promise.all(
    causes.map(async (cause) => ledger.firstToTell(day, cause, now).catch(() => isTurnOfHour)),
  );
  const told = causes.filter((_, index) => first[index]);
  return {
    isAny: told.length > 0,
    keep: async () => {
      // Where it cannot be kept the next one tells it again.
      await Promise.all(told.map((cause) => ledger.told(day, cause).catch(() => {})));
    },
    forget: async () => {
      // Who cannot be asked to forget has not heard of it either, or tells again tomorrow.
      await Promise.all(told.map((cause) => ledger.notTold(day, cause).catch(() => {})));
    },
  };
}
