import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultConfigFile, loadConfig } from '#lib/load-config.ts';

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
    expect(await loadConfig()).toEqual(await loadConfig(defaultConfigFile));
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

  test('says so where there is no file', async () => {
    await expect(loadConfig(join(folder, 'none.ts'))).rejects.toThrow('expected a file, found nothing');
  });

  test('says so where the file exports nothing', async () => {
    const file = join(folder, 'empty.config.ts');
    writeFileSync(file, 'export {};\n');
    await expect(loadConfig(file)).rejects.toThrow('(root)');
  });
});
