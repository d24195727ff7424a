import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { NoWebhookUrl, webhookUrls } from '#lambdas/chaos-notifier/webhook-urls.ts';

const parameter = '/chaos/slack-webhook';
const secret = 'hooks.slack.example/services/T0/B0/s3cret';

async function errorOf(value: string | Error): Promise<unknown> {
  const urls = webhookUrls(async () => {
    if (value instanceof Error) throw value;
    return value;
  });
  return urls.read(parameter, 1).then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('webhookUrls', () => {
  test('asks for a parameter once, until it is forgotten', async () => {
    const asked: string[] = [];
    const urls = webhookUrls(async (name, deadline) => {
      asked.push(`${name} by ${deadline}`);
      return `https://${secret}?${asked.length}\n`;
    });
    expect((await urls.read(parameter, 1)).href).toBe(`https://${secret}?1`);
    expect((await urls.read(parameter, 2)).href).toBe(`https://${secret}?1`);
    urls.forget(parameter);
    expect((await urls.read(parameter, 3)).href).toBe(`https://${secret}?2`);
    await urls.read('/chaos/teams-webhook', 4);
    expect(asked).toEqual([`${parameter} by 1`, `${parameter} by 3`, '/chaos/teams-webhook by 4']);
  });

  test.each([
    ['http', `http://${secret}`],
    ['no protocol', secret],
    ['a placeholder', 'change me'],
    ['a file', `file:///${secret}`],
    ['nothing', ''],
  ])('refuses %s, and does not say what it was', async (_what, value) => {
    const error = await errorOf(value);
    expect(error).toBeInstanceOf(NoWebhookUrl);
    expect(String(error)).toBe('NoWebhookUrl: the parameter does not hold an https URL');
    if (value !== '') expect(inspect(error, { depth: 9 })).not.toContain(value);
  });

  test('a value that was refused is asked for again', async () => {
    const values = ['change me', `https://${secret}`];
    const urls = webhookUrls(async () => values.shift() ?? '');
    await expect(urls.read(parameter, 1)).rejects.toThrow(NoWebhookUrl);
    expect((await urls.read(parameter, 1)).href).toBe(`https://${secret}`);
  });

  test('says by its name alone why the parameter could not be read', async () => {
    const denied = Object.assign(new Error(`no access to https://${secret}`), {
      name: 'AccessDeniedException',
    });
    const error = await errorOf(denied);
    expect(String(error)).toBe('NoWebhookUrl: the parameter could not be read: AccessDeniedException');
    expect(inspect(error, { depth: 9 })).not.toContain('s3cret');
  });
});
