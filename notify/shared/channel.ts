import type * as z from 'zod';
import type { Digest } from '#core/messages/digest.ts';
import type { Limits } from '#core/messages/section.ts';

/** What people are to be told, whatever the channel. */
export interface Notification {
  /** `run 20261123T090000Z-3f9a1c2b`, `plan of 2026-11-23`. */
  readonly name: string;
  digest(limits: Limits): Digest;
}

/** What every channel is configured with; each may want more. */
export interface ChannelConfig {
  /** The SSM parameter that holds the channel's secret, such as the URL of a webhook. */
  readonly parameter: string;
}

/** A service that people are told by: one file in notify/, and nothing else to touch. */
export interface Channel<Config extends ChannelConfig = ChannelConfig> {
  /** What the service calls itself: `Slack`. */
  readonly title: string;
  /** Its part of the configuration, under `notifications` by the name of its file. Every key has a description. */
  readonly config: z.ZodType<Config>;
  /** The same message in ever shorter forms, each within what the service is known to take. */
  messages(notification: Notification, config: Config): Iterable<object>;
  /** How a message is posted. Throws `UnusableSecret` where the secret is not what the service gives out. */
  request(message: object, secret: string): ChannelRequest;
}

export interface ChannelRequest {
  readonly url: URL;
  /** Sent as JSON. */
  readonly body: object;
}
