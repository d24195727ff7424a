import { tookText } from '#core/experiment/wording/numbers.ts';
import type { Measurement, Probe, ProbeMeans, Prober } from '#core/ports/probe.ts';
import { refusedHost } from './shared/addresses.ts';
import { bodyCheck } from './shared/body-expectations.ts';
import { exchange, NoAnswer, type Request } from './shared/exchange.ts';
import { RefusedAddress } from './shared/guarded-lookup.ts';
import { HttpParameters, isStatus, secretFolder } from './shared/http-parameters.ts';
import { openRequest } from './shared/open-request.ts';

export const http: Probe<HttpParameters> = {
  type: 'http',
  summary: 'An HTTP request: bad unless it answers as expected, and in time.',
  measures: 'events',
  unit: 'ms',
  parameters: HttpParameters,
  leastEveryMs: 10,
  settlesMs: 0,
  permissions: [
    {
      action: 'ssm:GetParameter',
      by: 'master',
      on: ({ partition, account }) => `arn:${partition}:ssm:*:${account}:parameter${secretFolder}*`,
    },
  ],
  what: ({ method, url, expect: { latency } }) => {
    // What follows the path may hold a token.
    const { origin, pathname } = new URL(url);
    return `${method} ${origin}${pathname}${latency === undefined ? '' : ` within ${tookText(latency)}`}`;
  },
  limit: ({ expect }) => expect.latency,
  refused: ({ url, headers, body }, allowed) => {
    const { hostname, protocol } = new URL(url);
    const hasSecret = [...Object.values(headers), body].some((text) => typeof text === 'object');
    if (hasSecret && protocol === 'http:' && !allowed.loopback) return 'a secret would be sent unencrypted';
    return refusedHost(hostname, allowed);
  },
  open: async (parameters, means) => {
    const refused = http.refused?.(parameters, means.allowed);
    if (refused !== undefined) throw new RefusedAddress(refused);
    return prober(parameters, await openRequest(parameters, means), means);
  },
};

function prober({ expect }: HttpParameters, request: Request, means: Pick<ProbeMeans, 'stopwatch'>): Prober {
  const check = bodyCheck(expect);
  return {
    measure: async (_, over) => {
      const started = means.stopwatch();
      const answer = await exchange(request, over).catch(whatUsersSee);
      const value = Math.round((means.stopwatch() - started) * 10) / 10;
      if (answer instanceof NoAnswer) return { is: 'bad', detail: `no answer: ${answer.code}` };
      const bad = (detail: string): Measurement => ({ is: 'bad', value, detail });
      if (!isStatus(answer.status, expect.status)) return bad(`status ${answer.status}`);
      if (check !== undefined && answer.isCut) return { is: 'unmeasured', detail: 'its body is over 1 MiB' };
      const mistake = check?.(answer.body.toString());
      if (mistake !== undefined) return bad(mistake);
      if (expect.latency !== undefined && value > expect.latency) return bad(`took ${tookText(value)}`);
      return { is: 'good', value };
    },
    close: async () => request.agent.destroy(),
  };
}

/** Ours, and not those of who is asked: no sockets, memory or network, a resolver that does not answer. */
const ownTroubles = [
  'EMFILE',
  'ENFILE',
  'ENOBUFS',
  'ENOMEM',
  'EADDRNOTAVAIL',
  'ENETDOWN',
  'ENETUNREACH',
  'EAI_AGAIN',
];

/** A user would have seen it fail as well; throws where that is not known. */
function whatUsersSee(error: unknown): NoAnswer {
  if (!(error instanceof NoAnswer)) throw error;
  if (error.cause instanceof RefusedAddress) throw error.cause;
  if (ownTroubles.includes(error.code)) throw new Error(`this machine could not ask: ${error.code}`);
  return error;
}
