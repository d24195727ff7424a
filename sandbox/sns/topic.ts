/** An SNS topic and all that was published to it. */
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
  /** What each protocol gets; the key `default` is there always, and is all there is for a message without structure. */
  readonly bodies: Readonly<Record<string, string>>;
  /** What filter policies of subscriptions look at. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** What subscribers of a protocol are sent. */
export function bodyFor(message: PublishedMessage, protocol: string): string {
  return message.bodies[protocol] ?? message.bodies.default ?? '';
}
