import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { findConfig, openConfig } from '#cli/config/open-config.ts';
import { CliError } from '#cli/context/cli-error.ts';
import { aTerminal } from '../../support/a-terminal.ts';

const valid = {
  master: { account: '111111111111', region: 'eu-west-1' },
  accounts: ['222222222222'],
  regions: ['eu-west-1'],
  externalId: 'chaos-test',
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chaos-config-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A configuration file of its own, as modules are loaded once. */
async function file(name: string, text: string) {
  await writeFile(join(folder, name), text);
  return findConfig(name, folder);
}
const exported = (config: object) => `export default ${JSON.stringify(config)};`;

async function refusal(name: string, text: string): Promise<CliError> {
  const error = await openConfig(await file(name, text)).catch((thrown: unknown) => thrown);
  if (!(error instanceof CliError)) throw new Error(`loaded, or threw something else: ${error}`);
  return error;
}

describe('openConfig', () => {
  test('reads a configuration, with its defaults', async () => {
    expect(await openConfig(await file('valid.config.ts', exported(valid)))).toMatchObject({
      master: valid.master,
      leashed: true,
    });
  });

  test('keeps what a configuration prints out of stdout', async () => {
    const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const noted = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    try {
      const text = `process.stdout.write('hello');\n${exported(valid)}`;
      await openConfig(await file('talks.config.ts', text));
      expect([out.mock.calls, noted.mock.calls]).toEqual([[], [['hello']]]);
    } finally {
      vi.restoreAllMocks();
    }
  });

  test('prints which file it waits for', async () => {
    // Loaded before, so that only the configuration itself is waited for.
    await import('#lib/config/load-config.ts');
    const loading = Promise.withResolvers<void>();
    const gate = { loading: () => loading.resolve(), go: () => {} };
    Object.assign(globalThis, { configGate: gate });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    try {
      const text = `await new Promise((go) => { globalThis.configGate.go = go; globalThis.configGate.loading(); });\n${exported(valid)}`;
      const { terminal, notes } = aTerminal();
      const loaded = openConfig(await file('slow.config.ts', text), terminal);
      await loading.promise;
      vi.advanceTimersByTime(2_000);
      expect(notes()).toBe('Waiting for slow.config.ts to load ...');
      gate.go();
      expect(await loaded).toMatchObject({ leashed: true });
    } finally {
      vi.useRealTimers();
      Reflect.deleteProperty(globalThis, 'configGate');
    }
  });

  test('says that a file is missing, and how to name another', async () => {
    const error = await openConfig(findConfig('nowhere.ts', folder)).catch((thrown: unknown) => thrown);
    expect(error).toEqual(
      new CliError(
        'There is no configuration nowhere.ts. Pass the path of yours: --config PATH\n  To write one: ./chaos init',
        2,
      ),
    );
  });

  test('says that a file exports no configuration', async () => {
    const { message, exitCode } = await refusal('named.config.ts', 'export const config = {};');
    expect(message).toBe('named.config.ts exports no configuration. It needs: export default { ... }');
    expect(exitCode).toBe(2);
  });

  test.each(['empty.yaml', 'empty.json'])('says that %s is empty, and how to write one', async (name) => {
    const { message, exitCode } = await refusal(name, name.endsWith('yaml') ? '# nothing yet\n' : '\n');
    expect(message).toBe(`${name} is empty. To write one: ./chaos init`);
    expect(exitCode).toBe(2);
  });

  test('names the line of a mistake in YAML, with the file as the user wrote it', async () => {
    const { message, exitCode } = await refusal(
      'twice.yaml',
      'leashed: true\nregions: [eu-west-1]\nleashed: false\n',
    );
    expect(message).toBe('twice.yaml is not valid:\n  line 3: expected each key once, found "leashed"');
    expect(exitCode).toBe(2);
  });

  test('names every mistake by the file as the user wrote it, and by its path', async () => {
    const { message, exitCode } = await refusal(
      'mistaken.config.ts',
      exported({ ...valid, regions: ['mars'], leash: true }),
    );
    expect(message).toBe(
      [
        'mistaken.config.ts is not valid:',
        '  regions[0]: expected a region such as "eu-west-1", found "mars"',
        '  leash: unknown key, found true; did you mean leashed?',
      ].join('\n'),
    );
    expect(exitCode).toBe(2);
  });

  test('says what a file throws', async () => {
    const { message, exitCode } = await refusal('throwing.config.ts', "throw new Error('no such tag');");
    expect(message).toMatch(/^throwing\.config\.ts cannot be loaded( \(line \d+\))?: no such tag$/);
    expect(exitCode).toBe(2);
  });
});

describe('findConfig', () => {
  test('takes chaos.config.ts of the folder, when there is one', async () => {
    const { path } = await file('chaos.config.ts', exported(valid));
    expect(findConfig(undefined, folder)).toEqual({ path, shown: 'chaos.config.ts' });
  });

  test.each(['js', 'mjs', 'json', 'yaml', 'yml'])('takes chaos.config.%s there too', async (format) => {
    const only = await mkdtemp(join(folder, 'only-'));
    await writeFile(join(only, `chaos.config.${format}`), '');
    expect(findConfig(undefined, only)).toEqual({
      path: join(only, `chaos.config.${format}`),
      shown: `chaos.config.${format}`,
    });
  });

  test('refuses two configurations, and names both', async () => {
    const both = await mkdtemp(join(folder, 'both-'));
    for (const name of ['chaos.config.yaml', 'chaos.config.ts']) await writeFile(join(both, name), '');
    const file = findConfig(undefined, both);
    await expect(openConfig(file)).rejects.toThrow(
      new CliError(
        `${both} is not valid:\n  chaos.config.*: expected one configuration (name it: --config FILE), found chaos.config.ts and chaos.config.yaml`,
        2,
      ),
    );
    expect(findConfig('chaos.config.yaml', both).path).toBe(join(both, 'chaos.config.yaml'));
  });

  test("takes the repository's own elsewhere", () => {
    expect(findConfig(undefined, join(folder, 'empty')).path).toBe(join(process.cwd(), 'chaos.config.ts'));
  });
});
