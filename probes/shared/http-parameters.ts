import { METHODS, validateHeaderName, validateHeaderValue } from 'node:http';
import * as z from 'zod';
import { Time } from '#core/util/time.ts';
import { bodyExpectations } from './body-expectations.ts';

/** Parameters below it hold what probes may read and nobody may see. */
export const secretFolder = '/chaos-monkey/probes/';

const aSecret = `expected the name of an SSM parameter below ${secretFolder}`;
const Secret = z.strictObject({
  secret: z
    .string(aSecret)
    .regex(/^\/chaos-monkey\/probes\/[\w.\-/]{1,900}$/, aSecret)
    .describe('The SSM parameter that holds it, in the master account.'),
});
export type Secret = z.infer<typeof Secret>;

/** Said in the file, or kept in a parameter. */
const aText = 'expected a text of up to 65,536 characters, or { secret: ... }';
const Text = z.union([z.string(aText).max(65_536, aText), Secret], aText);
export type Text = z.infer<typeof Text>;

const aUrl = 'expected a URL with http or https, and without a user';
const Url = z
  .string(aUrl)
  .refine((text) => {
    const url = URL.parse(text);
    return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
  }, aUrl)
  .transform((text) => new URL(text).href);

const aStatus = 'expected a status such as 200, a range such as "2xx", or a list of them';
const Status = z.union(
  [z.int(aStatus).min(100, aStatus).max(599, aStatus), z.string(aStatus).regex(/^[1-5]xx$/, aStatus)],
  aStatus,
);

/** What the connection itself needs. */
const reserved =
  /^(host|connection|keep-alive|content-length|transfer-encoding|upgrade|expect|te|trailer|proxy-.*)$/i;
const aHeader =
  'expected the name of a header, and none that the connection needs itself, such as host, which is that of the url';
const HeaderName = z
  .string(aHeader)
  .refine((name) => isValid(() => validateHeaderName(name)) && !reserved.test(name), aHeader);
const HeaderText = Text.refine(
  (text) => typeof text !== 'string' || isValid(() => validateHeaderValue('x', text)),
  'expected a text without line breaks, or { secret: ... }',
);

const aCertificate = 'expected certificates in PEM, or { secret: ... }';
const Certificates = z.union(
  [z.string(aCertificate).regex(/^-----BEGIN CERTIFICATE-----/, aCertificate), Secret],
  aCertificate,
);

export const HttpParameters = z.strictObject({
  url: Url.describe('What is asked. Its host must be among those that the configuration allows.'),
  method: z
    .enum(
      METHODS.filter((method) => method !== 'CONNECT'),
      'expected a method such as "GET"',
    )
    .default('GET')
    .describe('The method.'),
  headers: z
    .record(HeaderName, HeaderText, {
      error: ({ code }) =>
        code === 'invalid_key' ? aHeader : 'expected headers such as { accept: text/html }',
    })
    .default({})
    .describe('Headers: texts, or secrets by the name of their parameter.'),
  body: Text.optional().describe('The body that is sent.'),
  ca: Certificates.optional().describe('The certificate authorities to trust in place of the public ones.'),
  connection: z
    .enum(['kept', 'fresh'], 'expected "kept" or "fresh"')
    .default('kept')
    .describe(
      'Whether samples share connections, as long as none is idle for more than 1.5 s, or each makes its own.',
    ),
  expect: z
    .strictObject({
      status: z
        .union([Status, z.array(Status).min(1)], aStatus)
        .default('2xx')
        .describe('The status: a number, a range or a list. A redirect is not followed.'),
      latency: Time.optional().describe('The longest time from the start until the end of the body.'),
      ...bodyExpectations,
    })
    .prefault({})
    .describe('What a good answer is.'),
});
export type HttpParameters = z.infer<typeof HttpParameters>;

/** `2xx` is every status that begins with 2. */
export function isStatus(status: number, wanted: HttpParameters['expect']['status']): boolean {
  return [wanted].flat().some((one) => String(status).startsWith(String(one).replace('xx', '')));
}

function isValid(check: () => void): boolean {
  try {
    check();
    return true;
  } catch {
    return false;
  }
}
