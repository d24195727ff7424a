import type { Digest } from '#core/message/digest.ts';
import type { Limits } from '#core/message/section.ts';
import type { News } from './news.ts';

/** Entries shown, from what reads well in a chat down to none: the counts always stay. */
const steps: readonly Limits[] = [
  { strikes: 20, failures: 10 },
  { strikes: 10, failures: 5 },
  { strikes: 5, failures: 3 },
  { strikes: 1, failures: 1 },
  { strikes: 0, failures: 0 },
];

/** Not even the counts fit: something in it is of a size that nothing of ours has. */
export class MessageTooLarge extends Error {
  override readonly name = 'MessageTooLarge';
}

/** The fullest message that the service still takes. Throws `MessageTooLarge`. */
export function fitted<Message>(
  news: News,
  layOut: (digest: Digest) => Message,
  fits: (message: Message) => boolean,
): Message {
  for (const limits of steps) {
    const message = layOut(news.digest(limits));
    if (fits(message)) return message;
  }
  throw new MessageTooLarge('the message does not fit, even without its lists');
}
