import type * as z from 'zod';
import type { Digest } from '#core/messages/digest.ts';
import type { Limits } from '#core/messages/section.ts';

/** What to announce, independent of the channel. */
export interface Notification {
  /** `run 20261123T090000Z-3f9a1c2b`, `plan of 2026-11-23`. */
  readonly name: string;
  digest(limits: Limits): Digest;
}

/** The keys that every channel's configuration has; each may add more. */
export interface ChannelConfig {
  /** The SSM parameter that holds the channel's secret, such as the URL of a webhook. */
  readonly parameter: string;
}

/** A service that delivers notifications: one file in notify/, with no other file to change. */
export interface Channel<Config extends ChannelConfig = ChannelConfig> {
  /** The service's name: `Slack`. */
  readonly title: string;
  /** Its part of the configuration, under `notifications` by the name of its file. Every key has a description. */
  readonly config: z.ZodType<Config>;
  /** Ever shorter versions of the message, each within the service's documented limits. */
  messages(notification: Notification, config: Config): Iterable<object>;
  /** The request that posts a message. Throws `UnusableSecret` if the secret is not of the service's form. */
  request(message: object, secret: string): ChannelRequest;
}

export interface ChannelRequest {
  readonly url: URL;
  /** Sent as JSON. */
  readonly body: object;
}
