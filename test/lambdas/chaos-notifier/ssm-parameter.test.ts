import { describe, expect, test } from 'vitest';
import { makeClients } from '#aws/clients/clients.ts';
import { ssmParameter } from '#lambdas/chaos-notifier/ssm-parameter.ts';
import { instantClock } from '../../support/instant-clock.ts';

describe('ssmParameter', () => {
  test('asks for the decrypted value, in the region of the function', async () => {
    const calls: unknown[] = [];
    const clock = instantClock();
    const clients = makeClients({
      clock,
      concurrency: 1,
      transport: async ({ command, input, region }) => {
        calls.push({ command, input, region });
        return { Parameter: { Value: 'https://hooks.slack.example/s3cret' } };
      },
    });
    const read = ssmParameter(clients, 'eu-west-1');
    expect(await read('/chaos/slack-webhook', clock.now() + 1000)).toBe('https://hooks.slack.example/s3cret');
    expect(calls).toEqual([
      {
        command: 'GetParameterCommand',
        input: { Name: '/chaos/slack-webhook', WithDecryption: true },
        region: 'eu-west-1',
      },
    ]);
  });

  test('retries throttling, but not past the deadline', async () => {
    let calls = 0;
    const clock = instantClock();
    const clients = makeClients({
      clock,
      concurrency: 1,
      transport: async () => {
        calls += 1;
        throw Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' });
      },
    });
    const deadline = clock.now() + 5_000;
    await expect(ssmParameter(clients, 'eu-west-1')('/chaos/slack-webhook', deadline)).rejects.toThrow(
      'Rate exceeded',
    );
    expect(calls).toBeGreaterThan(1);
    expect(clock.now()).toBeLessThan(deadline);
    await expect(ssmParameter(clients, 'eu-west-1')('/chaos/slack-webhook', clock.now())).rejects.toThrow(
      'Rate exceeded',
    );
  });
});
