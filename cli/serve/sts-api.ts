import { randomUUID } from 'node:crypto';
import { partitionOf } from '#core/aws-names.ts';
import type { Config } from '#core/config.ts';
import type { HttpAnswer, HttpRequest } from './http-message.ts';

/** `./chaos run` asks whose credentials it has before it asks for a run: here everybody's are the master account's. Undefined for other calls. */
export function stsApi(
  { path, method, body }: HttpRequest,
  master: Config['master'],
): HttpAnswer | undefined {
  const action = new URLSearchParams(body?.toString('utf8')).get('Action');
  if (path !== '/' || method !== 'POST' || action !== 'GetCallerIdentity') return undefined;
  const arn = `arn:${partitionOf(master.region)}:sts::${master.account}:assumed-role/anybody/here`;
  return {
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body:
      '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>' +
      `<Arn>${arn}</Arn><UserId>anybody:here</UserId><Account>${master.account}</Account>` +
      `</GetCallerIdentityResult><ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata>` +
      '</GetCallerIdentityResponse>',
  };
}
