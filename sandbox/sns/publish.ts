import {
  InvalidParameterValueException,
  type MessageAttributeValue,
  NotFoundException,
  type PublishInput,
  type PublishResponse,
} from '@aws-sdk/client-sns';
import { NotImplemented } from '../not-implemented.ts';
import type { Operation } from '../service.ts';
import { invalidParameter } from './errors.ts';
import type { PublishedMessage } from './topic.ts';

/** The message and its attributes. Source: API reference, Publish, Message. */
const maxBytes = 262_144;
const textTypes = new Set(['String', 'String.Array']);

export const publish: Operation<PublishInput, PublishResponse> = {
  action: 'sns:Publish',
  inputs: ['TopicArn', 'Message', 'Subject', 'MessageStructure', 'MessageAttributes'],
  requires: ({ TopicArn = '*' }) => [{ action: 'sns:Publish', resource: TopicArn }],
  run: ({ TopicArn = '', Message, Subject, MessageStructure, MessageAttributes = {} }, { region, now }) => {
    checkSubject(Subject);
    checkSize(Message, MessageAttributes);
    const attributes = readAttributes(MessageAttributes);
    const bodies = readBodies(Message, MessageStructure);
    const [, , , topicRegion] = TopicArn.split(':');
    if (topicRegion !== region.name) throw invalidParameter('TopicArn');
    const topic = region.topics.get(TopicArn);
    if (topic === undefined) {
      throw new NotFoundException({ message: 'Topic does not exist', $metadata: { httpStatusCode: 404 } });
    }
    const message: PublishedMessage = { id: region.newId(), at: now, subject: Subject, bodies, attributes };
    topic.messages.push(message);
    return { MessageId: message.id };
  },
};

/** "ASCII text that begins with a letter, number, or punctuation mark; [...] not include line breaks or control characters; and [...] less than 100 characters long." */
function checkSubject(subject: string | undefined): void {
  if (subject === undefined) return;
  if (subject.length >= 100 || !/^[!-~][ -~]*$/.test(subject)) throw invalidParameter('Subject');
}

/** Only text is implemented. Source: Developer Guide, "Amazon SNS message attributes". */
function readAttributes(given: Record<string, MessageAttributeValue>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(given).map(([name, { DataType = '', StringValue = '' }]) => {
      if (!textTypes.has(DataType)) throw new NotImplemented(`SNS message attributes of type ${DataType}`);
      if (!/^(?!\.)[\w.-]{1,256}(?<!\.)$/.test(name)) throw invalidParameter(`MessageAttributes ${name}`);
      if (StringValue === '' || (DataType === 'String.Array' && !Array.isArray(json(StringValue)))) {
        throw new InvalidParameterValueException({
          message: `The message attribute '${name}' has no value of type '${DataType}'.`,
          $metadata: { httpStatusCode: 400 },
        });
      }
      return [name, StringValue];
    }),
  );
}

function checkSize(message = '', attributes: Record<string, MessageAttributeValue>): void {
  const bytes = Object.entries(attributes).reduce(
    (sum, [name, { DataType = '', StringValue = '' }]) =>
      sum + Buffer.byteLength(name) + Buffer.byteLength(DataType) + Buffer.byteLength(StringValue),
    Buffer.byteLength(message),
  );
  if (bytes > maxBytes) throw invalidParameter('Message too long');
}

function readBodies(message: string | undefined, structure: string | undefined): Record<string, string> {
  if (message === undefined || message === '') throw invalidParameter('Empty message');
  if (structure === undefined) return { default: message };
  if (structure !== 'json') throw invalidParameter('MessageStructure');
  const bodies = json(message);
  if (typeof bodies !== 'object' || bodies === null || Array.isArray(bodies)) {
    throw invalidParameter('Message Structure - JSON message body failed to parse');
  }
  const texts = Object.entries(bodies).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  if (!texts.some(([protocol]) => protocol === 'default')) {
    throw invalidParameter('Message Structure - No default entry in JSON message body');
  }
  return Object.fromEntries(texts);
}

/** Undefined for what is not JSON. */
function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
