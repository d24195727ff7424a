import * as z from 'zod';
import { hasCredentials } from '../credentials.ts';
import { placeholderSecret } from '../placeholder.ts';
import type { Converted } from './activities.ts';
import type { Activity } from './read-chaos-toolkit.ts';
import { shownWithoutSecrets, withoutSecretParameters, withoutSecrets, withoutUser } from './secrets.ts';

const Seconds = z.number().gt(0).max(60);
const HttpProvider = z.looseObject({
  type: z.literal('http'),
  url: z.string(),
  method: z.string().toUpperCase().default('GET'),
  headers: z.record(z.string(), z.string()).default({}),
  arguments: z.union([z.string(), z.record(z.string(), z.unknown())]).optional(),
  /** To connect and to read, or both in one. */
  timeout: z.union([Seconds, z.tuple([Seconds, Seconds]).transform(([, read]) => read)]).optional(),
});
type HttpProvider = z.output<typeof HttpProvider>;
const taken = new Set(Object.keys(HttpProvider.shape));

/** The parameters of our http probe. Undefined for a probe that sends no request. */
export function convertProbe({ type, provider, tolerance }: Activity): Converted | undefined {
  const { data } = HttpProvider.safeParse(provider);
  if (data === undefined || type !== 'probe') return undefined;
  const { timeout } = data;
  const expected = Tolerance.safeParse(tolerance).data;
  const unknown = Object.keys(provider).filter((key) => !taken.has(key));
  const refused = expected === undefined && tolerance !== undefined;
  return {
    part: {
      ...requestOf(data),
      ...(timeout !== undefined && { timeout: `${timeout}s` }),
      ...(expected && { expect: expected }),
    },
    leftOut: [
      ...unknown.map((key) => `provider.${key}`),
      ...(refused ? [`tolerance ${shownWithoutSecrets(tolerance)}`] : []),
    ],
  };
}

/** As the Chaos Toolkit sends it: arguments are the query of a GET, and otherwise the body, by its type. */
function requestOf({ url: asked, method, headers: all, arguments: given }: HttpProvider) {
  const { url, hasUser } = withoutUser(asked);
  const says = Object.keys(all).some((name) => name.toLowerCase() === 'authorization');
  const own = hasUser && !says ? { authorization: { secret: placeholderSecret } } : {};
  const headers = { ...own, ...withoutSecrets(all) };
  const form = formOf(given);
  if (method === 'GET') {
    const query = form === undefined ? '' : `${url.includes('?') ? '&' : '?'}${form}`;
    return { url: withoutSecretParameters(`${url}${query}`), ...withHeaders(headers) };
  }
  const request = { url: withoutSecretParameters(url), method };
  if (hasCredentials(given)) return { ...request, headers, body: { secret: placeholderSecret } };
  const type = Object.entries(all).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  if (given === undefined || form === undefined) {
    return { ...request, ...withHeaders(headers), ...(given !== undefined && { body: given }) };
  }
  if (type?.includes('json')) return { ...request, headers, body: JSON.stringify(given) };
  const ofForm = { 'content-type': 'application/x-www-form-urlencoded' };
  return { ...request, headers: type === undefined ? { ...headers, ...ofForm } : headers, body: form };
}

function withHeaders(headers: ReturnType<typeof withoutSecrets>) {
  return Object.keys(headers).length === 0 ? {} : { headers };
}

/** Undefined for a text, which is sent as it is. */
function formOf(given: HttpProvider['arguments']): string | undefined {
  if (typeof given !== 'object') return undefined;
  const form = new URLSearchParams();
  for (const [key, value] of Object.entries(given)) form.append(key, String(value));
  return String(form);
}

const Status = z.int().min(100).max(599);
const Plain = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** What our probe expects instead. Source: `within_tolerance` in chaoslib/hypothesis.py. */
const Tolerance = z.union([
  Status.transform((status) => ({ status })),
  z
    .array(Status)
    .min(1)
    .transform((status) => ({ status })),
  // Of a request, it can only have meant that it succeeds.
  z.literal(true).transform(() => ({ status: '2xx' })),
  z
    .strictObject({ type: z.literal('range'), target: z.literal('status'), range: z.tuple([Status, Status]) })
    .refine(({ range: [from, to] }) => from % 100 === 0 && to - from === 99)
    .transform(({ range: [from] }) => ({ status: `${from / 100}xx` })),
  z
    .strictObject({ type: z.literal('regex'), target: z.literal('body'), pattern: z.string() })
    .transform(({ pattern }) => ({ body: { matches: pattern } })),
  z
    .strictObject({
      type: z.literal('jsonpath'),
      target: z.literal('body'),
      path: z.string(),
      expect: z.union([Plain, z.tuple([Plain]).transform(([value]) => value)]),
    })
    .transform(({ path, expect }) => ({ jsonPath: { [path]: expect } })),
]);
