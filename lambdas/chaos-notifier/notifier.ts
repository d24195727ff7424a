import type { ConfiguredChannel } from '#notify/shared/configured-channels.ts';
import { deliver } from '#notify/shared/deliver.ts';
import type { Poster } from '#notify/shared/post.ts';
import { cacheSecrets, type ReadParameter } from '#notify/shared/secrets.ts';
import { parseNotification } from './notification.ts';

/** Reserved at the end of the function's time, so that failures are reported before Lambda ends it. */
const reserveMs = 1_000;

/** Delivery to some channels failed. Thrown, so that Lambda sends the event to the dead-letter queue. */
export class NotificationError extends Error {
  override readonly name = 'NotificationError';
  /** `run 20261123T090000Z-3f9a1c2b`. */
  readonly notification: string;
  /** A line for each channel that failed. */
  readonly failures: readonly string[];

  constructor(notification: string, failures: readonly string[]) {
    super(`${notification} could not be delivered to ${failures.join('; ')}`);
    this.notification = notification;
    this.failures = failures;
  }
}

export interface NotifierParts extends Poster {
  readonly channels: readonly ConfiguredChannel[];
  readonly readParameter: ReadParameter;
}

/**
 * Makes the handler that forwards announcements from the topic to the channels. It tries every channel, even if others fail, and then
 * throws a `NotificationError` for those that failed. Throws `InvalidInput` for an event that is not ours.
 */
export function notifier({ channels, readParameter, ...poster }: NotifierParts) {
  const courier = { ...poster, secrets: cacheSecrets(readParameter) };

  return async (event: unknown, context: { getRemainingTimeInMillis(): number }): Promise<void> => {
    const notification = parseNotification(event);
    const deadline = poster.clock.now() + context.getRemainingTimeInMillis() - reserveMs;
    const answers = await Promise.all(channels.map((to) => deliver(notification, to, deadline, courier)));
    const failures = answers.filter((failure) => failure !== undefined);
    if (failures.length > 0) throw new NotificationError(notification.name, failures);
  };
}
