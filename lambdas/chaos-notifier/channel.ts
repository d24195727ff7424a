import { codeOf } from '#core/util/error-text.ts';
import type { News } from './news.ts';
import { type Posted, type Poster, post } from './post.ts';
import { NoWebhookUrl, type WebhookUrls } from './webhook-urls.ts';

/** One place where people are told. */
export interface Channel {
  /** `Slack`. */
  readonly name: string;
  /** The SSM parameter that holds its webhook's URL. */
  readonly parameter: string;
  /** The same message in ever shorter forms, each within what the service is known to take. */
  message(news: News): Iterable<object>;
}

export interface Teller extends Poster {
  readonly urls: WebhookUrls;
}

/** What services answer for a webhook that was replaced or removed, or whose channel is gone. */
const stale: readonly (number | undefined)[] = [401, 403, 404, 410];

/**
 * Tells one channel, not past `deadline` (epoch ms). Never throws: the answer is undefined, or in a line why the channel
 * could not be told. That line names the parameter and the HTTP status, never the URL or what the service answered.
 */
export async function tell(
  channel: Channel,
  news: News,
  deadline: number,
  teller: Teller,
): Promise<string | undefined> {
  let reason: string | undefined;
  try {
    reason = reasonOf(await deliver(channel, news, deadline, teller));
  } catch (error) {
    // Only the words that we chose ourselves are known to hold no secret.
    reason = error instanceof NoWebhookUrl ? error.message : codeOf(error);
  }
  return reason === undefined ? undefined : `${channel.name} (parameter ${channel.parameter}): ${reason}`;
}

/**
 * What services answer for a message that they do not take. Slack has a limit to all text of a message that it does not
 * document, and answers `400 invalid_blocks` beyond it. Source: slackapi/bolt-js issue 2509.
 */
const refused: readonly (number | undefined)[] = [400, 413];

/** A message that is refused is sent again with less in it, down to its headline and what to do: a shorter one beats none. */
async function deliver(
  { parameter, message }: Channel,
  news: News,
  deadline: number,
  teller: Teller,
): Promise<Posted> {
  let attempts = 0;
  let posted: Posted = { delivered: false, status: undefined, attempts };
  let last: string | undefined;
  for (const form of message(news)) {
    const body = JSON.stringify(form);
    // Short news stay the same until nothing is left of them.
    if (body === last) continue;
    last = body;
    posted = await send(body, parameter, deadline, teller);
    if (posted.delivered) return posted;
    attempts += posted.attempts;
    if (!refused.includes(posted.status)) break;
  }
  return { ...posted, attempts };
}

/** A webhook that looks stale is read anew; if it was rotated, the message goes to the new one. */
async function send(
  body: string,
  parameter: string,
  deadline: number,
  { urls, ...poster }: Teller,
): Promise<Posted> {
  const url = await urls.read(parameter, deadline);
  const posted = await post(url, body, deadline, poster);
  if (posted.delivered || !stale.includes(posted.status)) return posted;
  urls.forget(parameter);
  const current = await urls.read(parameter, deadline);
  return current.href === url.href ? posted : post(current, body, deadline, poster);
}

function reasonOf(posted: Posted): string | undefined {
  if (posted.delivered) return undefined;
  const answer = posted.status === undefined ? 'no answer' : `HTTP ${posted.status}`;
  return posted.attempts === 1 ? answer : `${answer}, tried ${posted.attempts} times`;
}
