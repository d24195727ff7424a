import { codeOf } from '#core/util/error-text.ts';
import type { Notification } from './channel.ts';
import type { ConfiguredChannel } from './configured-channels.ts';
import { type Posted, type Poster, post } from './post.ts';
import { type Secrets, UnusableSecret } from './secrets.ts';

export interface Courier extends Poster {
  readonly secrets: Secrets;
}

/** Statuses for a webhook that was replaced or removed, or whose channel is gone. */
const stale: readonly (number | undefined)[] = [401, 403, 404, 410];

/**
 * Delivers to one channel, not past `deadline` (epoch ms). Never throws: returns undefined, or one line that says why it
 * failed. The line names the parameter and the HTTP status, never the secret or the service's answer.
 */
export async function deliver(
  notification: Notification,
  to: ConfiguredChannel,
  deadline: number,
  courier: Courier,
): Promise<string | undefined> {
  const { channel, config } = to;
  let reason: string | undefined;
  try {
    reason = reasonOf(await deliverFitting(notification, to, deadline, courier));
  } catch (error) {
    // The parameter may be fixed at any moment.
    if (error instanceof UnusableSecret) courier.secrets.forget(config.parameter);
    // Only our own messages are known to contain no secret.
    reason = error instanceof UnusableSecret ? error.message : codeOf(error);
  }
  return reason === undefined ? undefined : `${channel.title} (parameter ${config.parameter}): ${reason}`;
}

/**
 * Statuses for a message that a service rejects. Slack has an undocumented limit for all text of a message, and answers `400
 * invalid_blocks` beyond it. Source: slackapi/bolt-js issue 2509.
 */
const refused: readonly (number | undefined)[] = [400, 413];

/** Sends ever shorter versions of a rejected message, down to its headline and what to do: a short message beats none. */
async function deliverFitting(
  notification: Notification,
  to: ConfiguredChannel,
  deadline: number,
  courier: Courier,
): Promise<Posted> {
  let attempts = 0;
  let posted: Posted = { delivered: false, status: undefined, attempts };
  let last: string | undefined;
  for (const message of to.channel.messages(notification, to.config)) {
    const text = JSON.stringify(message);
    // Versions of a short notification may be identical.
    if (text === last) continue;
    last = text;
    posted = await send(message, to, deadline, courier);
    if (posted.delivered) return posted;
    attempts += posted.attempts;
    if (!refused.includes(posted.status)) break;
  }
  return { ...posted, attempts };
}

/** Reads a secret that looks stale again; if it was rotated, sends the message with the new one. */
async function send(
  message: object,
  { channel, config: { parameter } }: ConfiguredChannel,
  deadline: number,
  { secrets, ...poster }: Courier,
): Promise<Posted> {
  const postWith = (secret: string) => {
    const { url, body } = channel.request(message, secret);
    return post(url, JSON.stringify(body), deadline, poster);
  };
  const secret = await secrets.read(parameter, deadline);
  const posted = await postWith(secret);
  if (posted.delivered || !stale.includes(posted.status)) return posted;
  secrets.forget(parameter);
  const current = await secrets.read(parameter, deadline);
  return current === secret ? posted : postWith(current);
}

function reasonOf(posted: Posted): string | undefined {
  if (posted.delivered) return undefined;
  const answer = posted.status === undefined ? 'no answer' : `HTTP ${posted.status}`;
  return posted.attempts === 1 ? answer : `${answer}, tried ${posted.attempts} times`;
}
