import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { placeFlags, placeOf } from '#cli/shared/place.ts';

const folder = fileURLToPath(new URL('../../support/cli-folder', import.meta.url));

describe('placeOf', () => {
  test("has the configuration's region and account", async () => {
    expect(await placeOf({}, folder)).toEqual({
      region: expect.stringMatching(/^[a-z]{2}-/),
      account: expect.stringMatching(/^\d{12}$/),
    });
  });

  test('a table that is named is meant, whatever account the configuration names', async () => {
    expect(await placeOf({ region: 'us-east-1', table: 'other' }, folder)).toEqual({
      region: 'us-east-1',
      account: undefined,
    });
  });
});

describe('placeFlags', () => {
  test('are the options again, for the command that undoes this one', () => {
    expect(placeFlags({ region: 'us-east-1', table: 'other', config: 'my.config.ts' })).toBe(
      ' --region us-east-1 --table other --config my.config.ts',
    );
    expect(placeFlags({})).toBe('');
  });
});
