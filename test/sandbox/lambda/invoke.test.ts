import { InvokeCommand } from '@aws-sdk/client-lambda';
import { describe, expect, test } from 'vitest';
import type { FunctionSeed } from '#sandbox/lambda/function.ts';
import { aFunction } from './a-function.ts';

const FunctionName = 'web';

async function invoked(seed: Partial<FunctionSeed>, input: object = {}) {
  const { lambda } = await aFunction(seed);
  const { Payload, FunctionError } = await lambda.send(new InvokeCommand({ FunctionName, ...input }));
  return { answer: JSON.parse(Payload?.transformToString() ?? ''), FunctionError };
}

describe('Invoke', () => {
  test('answers with what the function returns', async () => {
    const answer = (event: unknown) => ({ saw: event });
    const Payload = Buffer.from('{"a":1}');
    expect(await invoked({ answer }, { Payload })).toEqual({
      answer: { saw: { a: 1 } },
      FunctionError: undefined,
    });
    expect((await invoked({ answer: () => undefined })).answer).toBeNull();
    await expect(invoked({})).rejects.toThrow('does not implement');
  });

  test('what it throws is an answer as well', async () => {
    const answer = () => {
      throw new TypeError('broken');
    };
    expect(await invoked({ answer })).toEqual({
      answer: { errorType: 'TypeError', errorMessage: 'broken' },
      FunctionError: 'Unhandled',
    });
  });

  test('hands an event over, and does not wait for what becomes of it', async () => {
    const { promise: seen, resolve } = Promise.withResolvers<unknown>();
    const answer = async (event: unknown) => {
      resolve(event);
      throw new Error('broken');
    };
    const { lambda } = await aFunction({ answer });
    const Payload = Buffer.from('{"a":1}');
    const given = await lambda.send(new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload }));
    expect(given).toMatchObject({ StatusCode: 202 });
    expect(given.FunctionError).toBeUndefined();
    expect(await seen).toEqual({ a: 1 });
  });

  test('knows aliases, and no others', async () => {
    expect(
      (await invoked({ aliases: ['live'], answer: () => null }, { Qualifier: 'live' })).answer,
    ).toBeNull();
    await expect(invoked({}, { Qualifier: 'old' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});
