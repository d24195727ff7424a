import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { ProbeMeans } from '#core/ports/probe.ts';
import { version } from '#core/util/version.ts';
import type { Request } from './exchange.ts';
import { guardedLookup } from './guarded-lookup.ts';
import type { HttpParameters, Text } from './http-parameters.ts';

/**
 * A connection that was idle for so long is not used again. Servers close idle ones after 2 s (gunicorn) to 75 s (nginx), or sooner where
 * they say so in `keep-alive`, which Node's agent heeds. A request that meets such a closing fails through nobody's fault, and looks like
 * one that its server has dropped while it crashed. Samples of the default rhythm, a second and its jitter, still share connections.
 */
const longestIdleMs = 1_500;

/** The request that each sample makes, with its secrets, and the connections for it. Throws AWS's error. */
export async function openRequest(
  { url, method, headers, body, ca, connection }: HttpParameters,
  { allowed, secret }: Pick<ProbeMeans, 'allowed' | 'secret'>,
): Promise<Request> {
  const textOf = async (text: Text) => (typeof text === 'string' ? text : secret(text.secret));
  const named = Object.entries(headers).map(async ([name, text]) => [name.toLowerCase(), await textOf(text)]);
  const Agent = url.startsWith('https:') ? HttpsAgent : HttpAgent;
  const isKept = connection === 'kept';
  return {
    url: new URL(url),
    method,
    headers: { 'user-agent': `chaos-monkey/${version}`, ...Object.fromEntries(await Promise.all(named)) },
    body: body && (await textOf(body)),
    agent: new Agent({
      keepAlive: isKept,
      // Of those that are idle: one that waits for an answer stays open.
      ...(isKept && { timeout: longestIdleMs }),
      lookup: guardedLookup(allowed),
      // A resumed session is no fresh connection.
      ...(!isKept && { maxCachedSessions: 0 }),
      ...(ca !== undefined && { ca: await textOf(ca) }),
    }),
  };
}
