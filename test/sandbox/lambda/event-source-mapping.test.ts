import {
  GetEventSourceMappingCommand,
  ListEventSourceMappingsCommand,
  ListTagsCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import { describe, expect, test } from 'vitest';
import type { AuthorizationRequest } from '#sandbox/authorizer.ts';
import { aFunction } from './a-function.ts';

const eventSourceArn = 'arn:aws:sqs:eu-west-1:222222222222:orders';

async function setUp() {
  const asked: AuthorizationRequest[] = [];
  const { clock, home, lambda } = await aFunction({}, { authorize: (request) => asked.push(request) > 0 });
  const mapping = home.functions.map({ functionName: 'web', eventSourceArn, tags: { app: 'web' } });
  const UUID = mapping.uuid;
  const turn = (Enabled: boolean) => lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled }));
  const state = async () => (await lambda.send(new GetEventSourceMappingCommand({ UUID }))).State;
  return { clock, home, lambda, asked, mapping, turn, state };
}

// In moto a mapping is in its new state at once: these are held to the API reference, UpdateEventSourceMapping.
describe('UpdateEventSourceMapping', () => {
  test('takes its time, and is refused meanwhile', async () => {
    const { clock, turn, state } = await setUp();
    expect((await turn(false)).State).toBe('Disabling');
    await clock.advance(29_999);
    expect(await state()).toBe('Disabling');
    await expect(turn(true)).rejects.toMatchObject({ name: 'ResourceInUseException' });
    await clock.advance(1);
    expect(await state()).toBe('Disabled');
    expect((await turn(true)).State).toBe('Enabling');
    await clock.advance(30_000);
    expect(await state()).toBe('Enabled');
  });

  test('to the state that it is in takes its time as well', async () => {
    const { clock, turn, state } = await setUp();
    expect((await turn(true)).State).toBe('Updating');
    await clock.advance(30_000);
    expect(await state()).toBe('Enabled');
  });

  test('somebody else’s change shows in when it was last modified', async () => {
    const { clock, lambda, mapping, turn } = await setUp();
    const { LastModified } = await turn(false);
    await clock.advance(60_000);
    mapping.update(false);
    const now = await lambda.send(new GetEventSourceMappingCommand({ UUID: mapping.uuid }));
    expect(now.LastModified).not.toEqual(LastModified);
  });

  test('is authorized by the mapping’s own tags, and by its function', async () => {
    const { asked, mapping, turn } = await setUp();
    await turn(false);
    expect(asked.at(-1)).toMatchObject({
      action: 'lambda:UpdateEventSourceMapping',
      resource: mapping.arn,
      resourceTags: { app: 'web' },
      context: { 'lambda:FunctionArn': mapping.functionArn },
    });
  });
});

describe('event source mappings', () => {
  test('are listed in pages of 100 at most, by function and source', async () => {
    const { home, lambda } = await setUp();
    home.functions.add({ name: 'other' });
    for (let count = 0; count < 100; count += 1) {
      home.functions.map({ functionName: 'web', eventSourceArn: `${eventSourceArn}-${count}` });
    }
    home.functions.map({ functionName: 'other', eventSourceArn });
    const list = (input: object) => lambda.send(new ListEventSourceMappingsCommand(input));
    const first = await list({ FunctionName: 'web', MaxItems: 1000 });
    expect(first.EventSourceMappings).toHaveLength(100);
    const second = await list({ FunctionName: 'web', Marker: first.NextMarker });
    expect(second.EventSourceMappings).toHaveLength(1);
    expect(second.NextMarker).toBeUndefined();
    expect((await list({ EventSourceArn: eventSourceArn })).EventSourceMappings).toHaveLength(2);
    await expect(list({ FunctionName: 'nobody' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    await expect(list({ Marker: 'made up' })).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
    });
  });

  test('have tags of their own, and stay when their function goes', async () => {
    const { home, lambda, mapping, state } = await setUp();
    home.functions.delete('web');
    expect(await state()).toBe('Enabled');
    const { Tags } = await lambda.send(new ListTagsCommand({ Resource: mapping.arn }));
    expect(Tags).toEqual({ app: 'web' });
  });
});
