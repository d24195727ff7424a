import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { cacheSecrets, UnusableSecret } from '#notify/shared/secrets.ts';

const parameter = '/chaos/slack-webhook';

describe('cacheSecrets', () => {
  test('asks for a parameter once, until it is forgotten', async () => {
    const asked: string[] = [];
    const secrets = cacheSecrets(async (name, deadline) => {
      asked.push(`${name} by ${deadline}`);
      return ` secret ${asked.length}\n`;
    });
    expect(await secrets.read(parameter, 1)).toBe('secret 1');
    expect(await secrets.read(parameter, 2)).toBe('secret 1');
    secrets.forget(parameter);
    expect(await secrets.read(parameter, 3)).toBe('secret 2');
    await secrets.read('/chaos/teams-webhook', 4);
    expect(asked).toEqual([`${parameter} by 1`, `${parameter} by 3`, '/chaos/teams-webhook by 4']);
  });

  test('says by its name alone why the parameter could not be read', async () => {
    const denied = Object.assign(new Error('no access to s3cret'), { name: 'AccessDeniedException' });
    const error: unknown = await cacheSecrets(async () => {
      throw denied;
    })
      .read(parameter, 1)
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UnusableSecret);
    expect(String(error)).toBe('UnusableSecret: the parameter could not be read: AccessDeniedException');
    expect(inspect(error, { depth: 9 })).not.toContain('s3cret');
  });
});
