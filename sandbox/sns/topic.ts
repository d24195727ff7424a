/** An SNS topic and everything that was published to it. */
export class Topic {
  readonly arn: string;
  readonly messages: PublishedMessage[] = [];

  constructor(arn: string) {
    this.arn = arn;
  }
}

export interface PublishedMessage {
  readonly id: string;
  /** Epoch ms. */
  readonly at: number;
  readonly subject: string | undefined;
  /** What each protocol gets. The key `default` always exists, and is the only one of a message without structure. */
  readonly bodies: Readonly<Record<string, string>>;
  /** What filter policies of subscriptions match. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** What the subscribers of a protocol receive. */
export function selectBody(message: PublishedMessage, protocol: string): string {
  return message.bodies[protocol] ?? message.bodies.default ?? '';
}
