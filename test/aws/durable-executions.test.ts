import { LambdaClient } from '@aws-sdk/client-lambda';
import { describe, expect, test } from 'vitest';
import { makeClients } from '#aws/clients/clients.ts';
import { startExecution, wakeExecution } from '#aws/durable-executions.ts';
import { instantClock } from '../support/instant-clock.ts';
import { recordingTransport } from '../support/recording-transport.ts';

function aClient(failing?: string) {
  const { transport, calls } = recordingTransport(() => {
    if (failing !== undefined) throw Object.assign(new Error('no'), { name: failing, $fault: 'client' });
    return {};
  });
  const clients = makeClients({ clock: instantClock(), concurrency: 1, transport });
  return { calls, client: clients(LambdaClient, { region: 'eu-west-1', patienceMs: 0 }) };
}
const what = { functionName: 'chaos_experiment', alias: 'live', name: 'run-1', input: { id: 'run-1' } };

describe('an execution', () => {
  test('is started by its alias and its name, and nobody waits for it', async () => {
    const { client, calls } = aClient();
    await startExecution(client, what);
    expect(calls[0]?.input).toMatchObject({
      ...{ FunctionName: 'chaos_experiment', Qualifier: 'live', InvocationType: 'Event' },
      DurableExecutionName: 'run-1',
    });
  });

  test('that is under way is left alone; what else goes wrong is thrown', async () => {
    await startExecution(aClient('DurableExecutionAlreadyStartedException').client, what);
    await expect(startExecution(aClient('AccessDeniedException').client, what)).rejects.toThrow('no');
  });

  test('is woken by its callback, if it still waits', async () => {
    const { client, calls } = aClient();
    expect(await wakeExecution(client, 'callback')).toBe(true);
    expect(calls[0]).toMatchObject({
      action: 'lambda:SendDurableExecutionCallbackSuccess',
      input: { CallbackId: 'callback' },
    });
    expect(await wakeExecution(aClient('CallbackTimeoutException').client, 'callback')).toBe(false);
    await expect(wakeExecution(aClient('AccessDeniedException').client, 'callback')).rejects.toThrow('no');
  });
});
