import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { UnusableSecret } from '#notify/shared/secrets.ts';
import { toWebhook } from '#notify/shared/webhook.ts';

const secret = 'hooks.slack.example/services/T0/B0/s3cret';
const message = { text: 'hello' };

describe('toWebhook', () => {
  test('takes the secret for the address, and leaves the message as it is', () => {
    expect(toWebhook(message, `https://${secret}`)).toEqual({
      url: new URL(`https://${secret}`),
      body: message,
    });
  });

  test.each([
    ['http', `http://${secret}`],
    ['no protocol', secret],
    ['a placeholder', 'change me'],
    ['a file', `file:///${secret}`],
    ['nothing', ''],
  ])('refuses %s, and does not say what it was', (_what, value) => {
    let error: unknown;
    try {
      toWebhook(message, value);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(UnusableSecret);
    expect(String(error)).toBe('UnusableSecret: the parameter does not hold an https URL');
    if (value !== '') expect(inspect(error, { depth: 9 })).not.toContain(value);
  });
});
