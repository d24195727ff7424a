import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { runEvent } from '#core/messages/published-event.ts';
import { aMasterDeployment } from '../../support/a-master-deployment.ts';
import { aReport, aStrike } from '../../support/a-report.ts';
import { snsEvent } from '../../support/notifications.ts';
import { startWebhookServer } from '../../support/webhook-server.ts';

const event = snsEvent(runEvent(aReport({ strikes: [aStrike()] }), aMasterDeployment()));
const slack = { parameter: '/chaos/slack' };
const teams = { parameter: '/chaos/teams' };
const context = { getRemainingTimeInMillis: () => 60_000 };

/** Parameter Store as far as GetParameter, on 127.0.0.1. */
async function startParameterStore(values: Readonly<Record<string, string>>) {
  const calls: unknown[] = [];
  const server = createServer(async (request, response) => {
    const input = (await json(request)) as { readonly Name: string };
    calls.push({ target: request.headers['x-amz-target'], input });
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify({ Parameter: { Name: input.Name, Value: values[input.Name] } }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    calls,
    endpoint: `http://127.0.0.1:${address.port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describe('handler', () => {
  beforeEach(() => {
    vi.resetModules();
    vi.stubEnv('AWS_REGION', 'eu-west-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAEXAMPLE');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'example');
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.unstubAllGlobals();
  });

  test('reads the webhooks from Parameter Store and tells both channels', async () => {
    await using store = await startParameterStore({
      '/chaos/slack': 'https://hooks.slack.example/s',
      '/chaos/teams': 'https://logic.example/t',
    });
    await using webhooks = await startWebhookServer(() => ({ status: 200 }));
    vi.stubEnv('AWS_ENDPOINT_URL', store.endpoint);
    vi.stubEnv('CHANNELS', JSON.stringify({ slack, teams }));
    vi.stubGlobal('fetch', webhooks.fetch);
    const { handler } = await import('#lambdas/chaos-notifier/handler.ts');
    await handler(event, context);
    expect(store.calls).toHaveLength(2);
    expect(store.calls).toContainEqual({
      target: 'AmazonSSM.GetParameter',
      input: { Name: '/chaos/slack', WithDecryption: true },
    });
    const bodyOf = (webhook: string) => webhooks.received.find((one) => one.webhook === webhook)?.body;
    expect(bodyOf('hooks.slack.example/s')).toContain('"blocks":');
    expect(bodyOf('logic.example/t')).toContain('"AdaptiveCard"');
    expect(webhooks.received).toHaveLength(2);
  });

  test('tells only the channels that are configured', async () => {
    await using store = await startParameterStore({ '/chaos/teams': 'https://logic.example/t' });
    await using webhooks = await startWebhookServer(() => ({ status: 202 }));
    vi.stubEnv('AWS_ENDPOINT_URL', store.endpoint);
    vi.stubEnv('CHANNELS', JSON.stringify({ teams }));
    vi.stubGlobal('fetch', webhooks.fetch);
    const { handler } = await import('#lambdas/chaos-notifier/handler.ts');
    await handler(event, context);
    expect(webhooks.received.map(({ webhook }) => webhook)).toEqual(['logic.example/t']);
  });

  test.each([
    ['no JSON', 'slack', 'CHANNELS: expected object, found "slack"'],
    ['a channel that there is not', '{"chat":{}}', 'CHANNELS.chat: unknown key'],
    ['a channel without its parameter', '{"slack":{}}', 'CHANNELS.slack.parameter: expected the name'],
  ])('does not start in an environment with %s', async (_what, value, mistake) => {
    vi.stubEnv('CHANNELS', value);
    await expect(import('#lambdas/chaos-notifier/handler.ts')).rejects.toThrow(
      `environment is not valid:\n  ${mistake}`,
    );
  });
});
