import type { Clock } from '../ports/clock.ts';
import type { Ledger } from '../ports/ledger.ts';

export interface AnnouncePorts {
  readonly ledger: Pick<Ledger, 'claimAnnouncement' | 'announced' | 'notAnnounced'>;
  readonly clock: Clock;
}

/**
 * Announces those of these causes that nobody has announced on that day. What cannot be claimed is not announced: a message in every
 * round would help nobody. Rejects as `announce` does, and another round tries again.
 */
export async function announceOnce(
  causes: readonly string[],
  day: string,
  { ledger, clock }: AnnouncePorts,
  announce: (news: readonly string[]) => Promise<void>,
): Promise<void> {
  const now = clock.now();
  const claims = await Promise.all(
    causes.map((cause) => ledger.claimAnnouncement(day, cause, now).catch(() => false)),
  );
  const news = causes.filter((_, index) => claims[index]);
  if (news.length === 0) return;
  try {
    await announce(news);
  } catch (error) {
    await Promise.all(news.map((cause) => ledger.notAnnounced(day, cause).catch(() => {})));
    throw error;
  }
  // If that cannot be recorded, another round announces it again.
  await Promise.all(news.map((cause) => ledger.announced(day, cause).catch(() => {})));
}
