import { type Channel, tell } from './channel.ts';
import { parseNews } from './news.ts';
import type { Poster } from './post.ts';
import { type ReadParameter, webhookUrls } from './webhook-urls.ts';

/** Kept back of the function's time, so that what went wrong is said before Lambda ends it. */
const reserveMs = 1_000;

/** Some channels could not be told. Thrown, so that Lambda hands the event to the dead-letter queue. */
export class NotificationError extends Error {
  override readonly name = 'NotificationError';
  /** `run 20261123T090000Z-3f9a1c2b`. */
  readonly news: string;
  /** A line for each channel that failed. */
  readonly failures: readonly string[];

  constructor(news: string, failures: readonly string[]) {
    super(`${news} could not be told to ${failures.join('; ')}`);
    this.news = news;
    this.failures = failures;
  }
}

export interface NotifierParts extends Poster {
  readonly channels: readonly Channel[];
  readonly readParameter: ReadParameter;
}

/**
 * Makes the handler that forwards news from the topic to the channels. Every channel is tried, whatever becomes of the others;
 * then a `NotificationError` is thrown for those that failed. Throws `InvalidInput` where the event is not ours.
 */
export function notifier({ channels, readParameter, ...poster }: NotifierParts) {
  const teller = { ...poster, urls: webhookUrls(readParameter) };

  return async (event: unknown, context: { getRemainingTimeInMillis(): number }): Promise<void> => {
    const news = parseNews(event);
    const deadline = poster.clock.now() + context.getRemainingTimeInMillis() - reserveMs;
    const told = await Promise.all(channels.map((channel) => tell(channel, news, deadline, teller)));
    const failures = told.filter((failure) => failure !== undefined);
    if (failures.length > 0) throw new NotificationError(news.name, failures);
  };
}
