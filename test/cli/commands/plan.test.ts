import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aCli, noAws } from '../../support/a-cli.ts';
import { aDeployment } from '../../support/a-deployment.ts';
import configInput from '../../support/cli-folder/chaos.config.ts';

let cwd: string;
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'chaos-plan-'));
  for (const leashed of [true, false]) {
    const text = `export default ${JSON.stringify({ ...configInput, leashed })};`;
    await writeFile(join(cwd, `${leashed}.config.ts`), text);
  }
});
afterAll(() => rm(cwd, { recursive: true }));

describe('chaos plan --sandbox', () => {
  test.each([
    ['leashed', 'true.config.ts', / LEASHED /, / LIVE /],
    ['live', 'false.config.ts', / LIVE /, / LEASHED /],
  ])('of a configuration that is %s has its badge, and not the other', async (mode, file, badge, other) => {
    const chaos = aCli({ transport: noAws, clock: aDeployment().clock, cwd });
    const { out } = await chaos('plan', '--sandbox', '--config', file);
    expect(out).toMatch(badge);
    expect(out).not.toMatch(other);
    expect(JSON.parse((await chaos('plan', '--sandbox', '--config', file, '--json')).out)).toMatchObject({
      mode,
    });
  });
});
