import * as z from 'zod';
import { ParameterName } from '#core/model/aws-names.ts';
import type { ChannelRequest } from './channel.ts';
import { UnusableSecret } from './secrets.ts';

/** What a channel is configured with that takes messages at a webhook. */
export const WebhookConfig = z.strictObject({
  parameter: ParameterName.describe(
    "The SSM SecureString parameter, in the master's account and region, that holds the URL of the webhook.",
  ),
});

/** A message as it is, to the URL that the secret is. */
export function toWebhook(message: object, secret: string): ChannelRequest {
  // Not `new URL`: its error carries the input.
  const url = URL.parse(secret);
  if (url?.protocol !== 'https:') throw new UnusableSecret('the parameter does not hold an https URL');
  return { url, body: message };
}
