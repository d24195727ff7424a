import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultConfigFile } from '#lib/config/config-file.ts';
import { loadConfig } from '#lib/config/load-config.ts';

const valid = {
  master: { account: '111111111111', region: 'eu-west-1' },
  accounts: ['222222222222'],
  regions: ['eu-west-1'],
  externalId: 'chaos-test',
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'config-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('loadConfig', () => {
  test('reads chaos.config.ts of this repository', async () => {
    expect((await loadConfig()).accounts.length).toBeGreaterThan(0);
    expect(await loadConfig()).toEqual(await loadConfig(defaultConfigFile()));
  });

  test('names the file, and each mistake by its path', async () => {
    const file = join(folder, 'chaos.config.ts');
    writeFileSync(file, "export default { master: { account: '1', region: 'eu-west-1' }, acounts: [] };\n");
    await expect(loadConfig(file)).rejects.toThrow(`${file} is not valid:`);
    await expect(loadConfig(file)).rejects.toThrow(
      'master.account: expected a 12-digit account id, found "1"',
    );
    await expect(loadConfig(file)).rejects.toThrow('acounts: unknown key');
  });

  test('checks what is configured of channels, and keeps it', async () => {
    const file = join(folder, 'channels.json');
    const slack = { parameter: '/chaos/slack-webhook' };
    writeFileSync(file, JSON.stringify({ ...valid, notifications: { slack } }));
    expect((await loadConfig(file)).notifications).toMatchObject({ slack });
    writeFileSync(file, JSON.stringify({ ...valid, notifications: { slack, chat: slack } }));
    await expect(loadConfig(file)).rejects.toThrow('notifications.chat: unknown key');
  });

  test('looks holidays up, from the year before to three years after', async () => {
    const file = join(folder, 'holidays.config.ts');
    writeFileSync(
      file,
      `export default ${JSON.stringify({ ...valid, calendar: { holidays: [{ country: 'DE' }] } })};\n`,
    );
    const { calendar } = await loadConfig(file, Date.parse('2026-11-23T12:00:00Z'));
    expect(calendar.holidayDates?.through).toBe('2029-12-31');
    expect(calendar.holidayDates?.days[0]).toEqual({ date: '2025-01-01', name: "New Year's Day" });
  });

  test('names a country that is not known by its path, and the file', async () => {
    const file = join(folder, 'atlantis.config.ts');
    writeFileSync(
      file,
      `export default ${JSON.stringify({ ...valid, calendar: { holidays: [{ country: 'ZZ' }] } })};\n`,
    );
    await expect(loadConfig(file)).rejects.toThrow(
      /atlantis\.config\.ts is not valid:\n {2}calendar\.holidays\[0\]\.country: expected one of AD, AE, .*, ZW, found "ZZ"$/,
    );
  });

  test.each([
    [
      'yaml',
      "master: { account: '111111111111', region: eu-west-1 }\naccounts: ['222222222222']\nregions: [eu-west-1]\nexternalId: chaos-test\ncalendar: { holidays: [{ country: DE }] }\n",
    ],
    ['json', JSON.stringify({ ...valid, calendar: { holidays: [{ country: 'DE' }] } })],
  ])('reads %s to the same, holidays and all', async (format, text) => {
    const file = join(folder, `plain.${format}`);
    writeFileSync(file, text);
    const module = join(folder, `same-${format}.config.ts`);
    writeFileSync(
      module,
      `export default ${JSON.stringify({ ...valid, calendar: { holidays: [{ country: 'DE' }] } })};\n`,
    );
    const now = Date.parse('2026-11-23T12:00:00Z');
    expect(await loadConfig(file, now)).toEqual(await loadConfig(module, now));
  });

  test('refuses a file of another format', async () => {
    const file = join(folder, 'chaos.config.toml');
    writeFileSync(file, '');
    await expect(loadConfig(file)).rejects.toThrow(
      'expected a file that ends in .ts, .js, .mjs, .json, .yaml, .yml',
    );
  });

  test('says so when there is no file', async () => {
    await expect(loadConfig(join(folder, 'none.ts'))).rejects.toThrow('expected a file, found nothing');
  });

  test('says so when the file exports nothing', async () => {
    const file = join(folder, 'empty.config.ts');
    writeFileSync(file, 'export {};\n');
    await expect(loadConfig(file)).rejects.toThrow('(root)');
  });
});
