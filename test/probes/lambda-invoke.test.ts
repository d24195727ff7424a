import { describe, expect, test } from 'vitest';
import { parse } from '#core/util/parse.ts';
import { lambdaInvoke } from '#probes/lambda-invoke.ts';
import type { FunctionSeed } from '#sandbox/lambda/function.ts';
import { never, probesOnSandbox } from './probe-on-sandbox.ts';

const arn = 'arn:aws:lambda:eu-west-1:222222222222:function:prober';
const tags = { 'chaos:prober': 'true' };

async function opened(seed: Partial<FunctionSeed>, parameters: object = {}) {
  const world = probesOnSandbox();
  world.home.functions.add({ name: 'prober', tags, ...seed });
  return { ...world, prober: await world.open(lambdaInvoke, { function: arn, ...parameters }) };
}

describe('a lambda-invoke probe', () => {
  test('invokes a function with its payload, and looks into the answer', async () => {
    const events: unknown[] = [];
    const answer = (event: unknown) => {
      events.push(event);
      return { statusCode: 200, body: 'hidden' };
    };
    const expectation = { jsonPath: { '$.statusCode': 200 } };
    const { prober } = await opened({ answer }, { payload: { path: '/' }, expect: expectation });
    expect(await prober.measure(0, never)).toEqual({ is: 'good', value: 0 });
    expect(events).toEqual([{ path: '/' }]);
    const other = await opened({ answer }, { expect: { jsonPath: { '$.body': 'x' } } });
    expect(await other.prober.measure(0, never)).toMatchObject({
      is: 'bad',
      detail: '$.body is another text',
    });
  });

  test('an error of the function is bad, and its message is nobody else to see', async () => {
    const answer = () => {
      throw new Error('hidden');
    };
    const { prober } = await opened({ answer });
    expect(await prober.measure(0, never)).toEqual({
      is: 'bad',
      value: 0,
      detail: 'FunctionError Unhandled',
    });
  });

  test('an answer that takes too long is bad', async () => {
    const world = probesOnSandbox();
    let takesMs = 800;
    const answer = () => world.clock.sleep(takesMs);
    world.home.functions.add({ name: 'prober', tags, answer });
    const prober = await world.open(lambdaInvoke, { function: arn, expect: { latency: '800ms' } });
    expect(await prober.measure(0, never)).toEqual({ is: 'good', value: 800 });
    takesMs = 801;
    expect(await prober.measure(0, never)).toEqual({ is: 'bad', value: 801, detail: 'took 801 ms' });
  });

  test('a function without capacity fails its users: bad. That we call too often is unmeasured', async () => {
    const { prober, sandbox } = await opened({ reserved: 0 });
    expect(await prober.measure(0, never)).toMatchObject({ is: 'bad', detail: 'throttled' });
    sandbox.disruptions.throttle({ action: 'lambda:Invoke' });
    await expect(prober.measure(0, never)).rejects.toMatchObject({ name: 'TooManyRequestsException' });
  });

  test('asks for an alias, whose function has the tag', async () => {
    const { open } = await opened({ aliases: ['live'], answer: () => ({}) });
    const prober = await open(lambdaInvoke, { function: `${arn}:live` });
    expect(await prober.measure(0, never)).toMatchObject({ is: 'good' });
    const missing = await open(lambdaInvoke, { function: `${arn}:old` });
    await expect(missing.measure(0, never)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('opens no function without the tag, whatever IAM allows', async () => {
    for (const wrong of [{}, { 'chaos:prober': 'false' }]) {
      await expect(opened({ tags: wrong })).rejects.toThrow(
        'prober does not carry the tag chaos:prober=true',
      );
    }
  });

  test('needs nothing but the invocation of functions that carry the tag', () => {
    expect(lambdaInvoke.permissions).toContainEqual(
      expect.objectContaining({
        action: 'lambda:InvokeFunction',
        condition: { StringEquals: { 'aws:ResourceTag/chaos:prober': 'true' } },
      }),
    );
  });

  test('says what it invokes, and takes no ARN of anything else', () => {
    const parameters = parse(lambdaInvoke.parameters, { function: arn, expect: { latency: '1s' } }, 'x');
    expect(lambdaInvoke.what(parameters)).toBe('invocation of prober within 1 s');
    expect(lambdaInvoke.limit?.(parameters)).toBe(1_000);
    for (const other of ['prober', `${arn}:live:x`, arn.replace('222222222222', '2')]) {
      expect(() => parse(lambdaInvoke.parameters, { function: other }, 'x')).toThrow('expected an ARN');
    }
  });
});
