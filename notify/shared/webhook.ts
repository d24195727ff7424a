import * as z from 'zod';
import { ParameterName } from '#core/model/aws-names.ts';
import type { ChannelRequest } from './channel.ts';
import { UnusableSecret } from './secrets.ts';

/** The configuration of a channel that uses a webhook. */
export const WebhookConfig = z.strictObject({
  parameter: ParameterName.describe(
    "The SSM SecureString parameter, in the master's account and region, that holds the URL of the webhook.",
  ),
});

/** Posts a message unchanged to the webhook, whose URL is the secret. */
export function toWebhook(message: object, secret: string): ChannelRequest {
  // Not `new URL`: its error carries the input.
  const url = URL.parse(secret);
  if (url?.protocol !== 'https:') throw new UnusableSecret('the parameter does not hold an https URL');
  return { url, body: message };
}
