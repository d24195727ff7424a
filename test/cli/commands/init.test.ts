import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { makeClients } from '#aws/clients/clients.ts';
import { systemClock as clock } from '#aws/clients/clock.ts';
import type { Transport } from '#aws/clients/transport.ts';
import { chaos } from '#cli/chaos.ts';
import { CliError } from '#cli/context/cli-error.ts';
import { loadConfig } from '#lib/config/load-config.ts';
import { parseYaml } from '#lib/config/parse-config-text.ts';
import { noAws } from '../../support/a-cli.ts';
import { aTerminal } from '../../support/a-terminal.ts';

const clone = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');
let root: string;
let folder: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'chaos-init-'));
});
beforeEach(async () => {
  folder = await mkdtemp(join(root, 'folder-'));
  vi.stubEnv('AWS_REGION', undefined);
  vi.stubEnv('AWS_DEFAULT_REGION', undefined);
});
afterEach(() => vi.unstubAllEnvs());
afterAll(() => rm(root, { recursive: true }));

/** `chaos init` in the folder. With answers somebody is there, who gives these and then leaves. */
async function init(
  args: readonly string[],
  {
    answers,
    transport = noAws,
    meanwhile = async () => {},
  }: {
    readonly answers?: readonly string[];
    readonly transport?: Transport;
    /** Happens while an answer is typed. */
    readonly meanwhile?: () => Promise<void>;
  } = {},
) {
  const { terminal, out, notes } = aTerminal();
  const questions: string[] = [];
  const left = [...(answers ?? [])];
  let closed = false;
  const prompt = answers && {
    ask: async (question: string) => {
      questions.push(question);
      await meanwhile();
      const answer = left.shift();
      if (answer === undefined) throw new CliError('No answer. Nothing was done.', 2);
      return answer;
    },
    close: () => {
      closed = true;
    },
  };
  const clients = makeClients({ clock, concurrency: 1, transport });
  const exitCode = await chaos(['init', ...args], {
    ...{ terminal, clock, cwd: folder, env: process.env, prompt },
    loadClients: async () => clients,
    readConfigSummary: async () => 'unexpected',
    onInterrupt: () => () => {},
  });
  return { exitCode, out: out(), notes: notes(), questions, closed, left };
}

const flags = ['--account', '222222222222', '--region', 'eu-west-1', '--time-zone', 'Europe/Berlin'];
const written = async (name: string) => readFile(join(folder, name), 'utf8');

describe('chaos init, with options', () => {
  test('writes a leashed configuration that loads, with an external id of its own', async () => {
    const { exitCode, out } = await init([...flags, '--email', 'a@example.com', '--email', 'b@example.com']);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^Wrote chaos\.config\.ts: 1 account, 1 region, office hours of Europe\/Berlin\.\n/);
    const path = join(folder, 'chaos.config.ts');
    expect(out).toContain(`(cd ${clone} && npx cdk deploy -c config=${path})\n`);
    expect(out).toContain(`(cd ${clone} && ./chaos run --here --config ${path})\n`);
    expect(out.endsWith(` (cd ${clone} && ./chaos doctor --config ${path})`)).toBe(true);
    const config = await loadConfig(join(folder, 'chaos.config.ts'));
    expect(config).toMatchObject({
      master: { account: '222222222222', region: 'eu-west-1' },
      accounts: [{ id: '222222222222', regions: ['eu-west-1'] }],
      leashed: true,
      schedule: { timeZone: 'Europe/Berlin' },
      notifications: { emails: ['a@example.com', 'b@example.com'] },
      externalId: expect.stringMatching(/^chaos-[0-9a-f]{32}$/),
    });
    await init([...flags, '--out', 'second.ts']);
    expect((await loadConfig(join(folder, 'second.ts'))).externalId).not.toBe(config.externalId);
    expect((await readdir(folder)).sort()).toEqual(['chaos.config.ts', 'second.ts']);
  });

  test.each([
    [['--format', 'yaml'], 'chaos.config.yaml'],
    [['--format', 'json'], 'chaos.config.json'],
    [['--out', 'mine.yml'], 'mine.yml'],
    [['--out', 'mine.yml', '--format', 'yaml'], 'mine.yml'],
  ])('with %j writes %s', async (args, name) => {
    const { exitCode, out } = await init([...flags, ...args]);
    expect(exitCode).toBe(0);
    expect(await loadConfig(join(folder, name))).toMatchObject({ accounts: [{ id: '222222222222' }] });
    expect(out).toContain(`--config ${join(folder, name)}`);
  });

  test('prints what it wrote as JSON', async () => {
    const { out } = await init([...flags, '--format', 'yaml', '--json']);
    const { path, config, kept } = JSON.parse(out);
    expect({ path, kept }).toEqual({ path: join(folder, 'chaos.config.yaml'), kept: null });
    expect(parseYaml(await written('chaos.config.yaml'), 'x')).toEqual(config);
  });

  test('takes the time zone of the machine when none is given, and says that nobody is told', async () => {
    vi.stubEnv('TZ', 'Asia/Tokyo');
    const { out } = await init(flags.slice(0, 4));
    expect(out).toContain('office hours of Asia/Tokyo.');
    expect(out).toContain('Nobody is notified by e-mail: notifications.emails is empty.');
  });

  test.each([
    ['nothing', [], '--account, --region'],
    ['no region', ['--account', '222222222222'], '--region'],
    [
      'two accounts, either of which could be the master',
      [...flags, '--account', '333333333333'],
      '--master-account',
    ],
  ])('names what is missing of %s when nobody can be asked, and writes nothing', async (_, args, missing) => {
    const { exitCode, notes } = await init(args);
    expect(notes).toMatch(new RegExp(`^error: There is no terminal for questions\\. Pass ${missing}\\.\\n`));
    expect(exitCode).toBe(2);
    expect(await readdir(folder)).toEqual([]);
  });

  test.each([
    [
      'an account that is none',
      ['--account', '22'],
      'accounts[1]: expected a 12-digit account id, found "22"',
    ],
    [
      'a region that is none',
      ['--region', 'mars'],
      'regions[1]: expected a region such as "eu-west-1", found "mars"',
    ],
    [
      'an address that is none',
      ['--email', 'ann'],
      'notifications.emails[0]: expected an e-mail address, found "ann"',
    ],
    ['a time zone that is none', ['--time-zone', 'Mars'], 'schedule.timeZone: expected an IANA time zone'],
    ['a format that is none', ['--format', 'toml'], "option '--format <format>' argument 'toml' is invalid"],
    [
      'a file of another format',
      ['--out', 'a.toml'],
      '--out a.toml: expected a file that ends in .ts, .json or .yaml',
    ],
    [
      'a file that does not fit the format',
      ['--out', 'a.json', '--format', 'yaml'],
      '--format yaml: expected the extension',
    ],
  ])('refuses %s, and writes nothing', async (_, args, message) => {
    const { exitCode, notes } = await init([...flags, '--master-account', '222222222222', ...args]);
    expect(notes).toContain(message);
    expect(exitCode).toBe(2);
    expect(await readdir(folder)).toEqual([]);
  });

  test('never writes over a file unless told to, and then keeps it', async () => {
    await writeFile(join(folder, 'chaos.config.ts'), 'export default 1;');
    const refused = await init(flags);
    expect(refused.notes).toBe(
      'error: chaos.config.ts already exists. To replace it, and keep it as chaos.config.ts.bak: --force',
    );
    expect(refused.exitCode).toBe(2);
    expect(await written('chaos.config.ts')).toBe('export default 1;');
    const { exitCode, out } = await init([...flags, '--force']);
    expect(out).toContain('The previous file was kept as chaos.config.ts.bak.');
    expect(exitCode).toBe(0);
    expect(await written('chaos.config.ts')).toContain("'222222222222'");
    expect(await written('chaos.config.ts.bak')).toBe('export default 1;');
  });

  test('takes the place of the example that the repository ships with, and keeps it', async () => {
    const example = await readFile(
      fileURLToPath(new URL('../../support/example/chaos.config.ts', import.meta.url)),
      'utf8',
    );
    await writeFile(join(folder, 'chaos.config.ts'), example);
    const { exitCode, out } = await init(flags);
    expect(out).toContain('The previous example was kept as chaos.config.ts.bak.');
    expect(exitCode).toBe(0);
    expect(await written('chaos.config.ts')).not.toContain('chaos-monkey-example');
    expect(await written('chaos.config.ts.bak')).toBe(example);
  });

  test('writes no second configuration beside another, with which neither could be used', async () => {
    await writeFile(join(folder, 'chaos.config.ts'), 'export default 1;');
    const { exitCode, notes } = await init([...flags, '--format', 'yaml', '--force']);
    expect(notes).toContain('chaos.config.ts is in the same folder');
    expect(exitCode).toBe(2);
    expect(await readdir(folder)).toEqual(['chaos.config.ts']);
    expect((await init([...flags, '--out', 'other.yaml'])).exitCode).toBe(0);
  });

  test('names the account that is there twice, which is no second master', async () => {
    const { exitCode, notes } = await init([...flags, '--account', '222222222222']);
    expect(notes).toContain('222222222222 is there twice');
    expect(exitCode).toBe(2);
  });

  test.each([[[]], [['--force']]])(
    'says what is wrong with a link that leads nowhere, with %j',
    async (args) => {
      await symlink('gone.ts', join(folder, 'chaos.config.ts'));
      const { exitCode, notes } = await init([...flags, ...args]);
      expect(notes).toContain(
        'chaos.config.ts is a symbolic link to a missing file. Remove it first, or write elsewhere: --out FILE',
      );
      expect(exitCode).toBe(2);
      expect(await readdir(folder)).toEqual(['chaos.config.ts']);
    },
  );

  test('says in one line that it cannot write, and leaves nothing behind', async () => {
    await mkdir(join(folder, 'chaos.config.ts'));
    for (const out of ['chaos.config.ts', 'no/folder.ts']) {
      const { exitCode, notes } = await init([...flags, '--force', '--out', out]);
      expect(notes).toMatch(/^error: Could not write \S+: [^\n]*$/);
      expect(notes).not.toContain('/.');
      expect(exitCode).toBe(1);
    }
    expect(await readdir(folder)).toEqual(['chaos.config.ts']);
  });
});

describe('chaos init, asking', () => {
  const caller: Transport = async () => ({
    Account: '333333333333',
    Arn: 'arn:aws:sts::333333333333:assumed-role/ops/ann',
  });

  test('asks for what is not given, again where an answer is no good, and lets the process end', async () => {
    const answers = ['22', '222222222222, 333333333333', 'eu-west-1 mars', 'eu-west-1', '333333333333'];
    const { exitCode, notes, questions, closed, left } = await init([], {
      answers: [...answers, 'Europe/Berlin', 'ann', 'ann@example.com'],
    });
    expect(exitCode).toBe(0);
    expect(questions).toHaveLength(8);
    expect({ closed, left }).toEqual({ closed: true, left: [] });
    expect(notes).toContain('expected a 12-digit account id, found "22"');
    expect(notes).toContain('expected an e-mail address, found "ann"');
    expect(await loadConfig(join(folder, 'chaos.config.ts'))).toMatchObject({
      master: { account: '333333333333', region: 'eu-west-1' },
      accounts: [{ id: '222222222222' }, { id: '333333333333' }],
      notifications: { emails: ['ann@example.com'] },
    });
  });

  test('offers the account of the credentials, and the region and time zone of the machine', async () => {
    vi.stubEnv('AWS_REGION', 'eu-west-1');
    vi.stubEnv('TZ', 'Asia/Tokyo');
    const { questions } = await init([], { answers: ['', '', '', '', ''], transport: caller });
    expect(questions.map((text) => /\[(.*)\]: $/.exec(text)?.[1])).toEqual([
      '333333333333',
      'eu-west-1',
      '333333333333',
      'Asia/Tokyo',
      undefined,
    ]);
    expect(await loadConfig(join(folder, 'chaos.config.ts'))).toMatchObject({
      master: { account: '333333333333', region: 'eu-west-1' },
      accounts: [{ id: '333333333333' }],
      schedule: { timeZone: 'Asia/Tokyo' },
      notifications: { emails: [] },
    });
  });

  test('asks for no more than is not given', async () => {
    const { questions, exitCode } = await init(
      [
        ...flags.slice(0, 2),
        '--master-account',
        '222222222222',
        '--time-zone',
        'UTC',
        '--email',
        'a@example.com',
      ],
      { answers: ['eu-west-1'] },
    );
    expect(questions).toHaveLength(1);
    expect(exitCode).toBe(0);
  });

  test('refuses an option that is no good before it asks anything', async () => {
    const { questions, exitCode } = await init(['--account', '22'], { answers: ['eu-west-1'] });
    expect({ questions, exitCode }).toEqual({ questions: [], exitCode: 2 });
  });

  test('writes over nothing that has come to be there meanwhile', async () => {
    const meanwhile = () => writeFile(join(folder, 'chaos.config.ts'), 'export default 1;');
    const { exitCode, notes } = await init(flags.slice(0, 2), {
      answers: ['eu-west-1', '222222222222', '', ''],
      meanwhile,
    });
    expect(notes).toMatch(/chaos\.config\.ts: EEXIST/);
    expect(exitCode).toBe(1);
    expect(await written('chaos.config.ts')).toBe('export default 1;');
    expect(await readdir(folder)).toEqual(['chaos.config.ts']);
  });

  test('writes nothing where somebody leaves', async () => {
    const { exitCode, notes, closed } = await init([], { answers: ['222222222222'] });
    expect(notes).toBe('error: No answer. Nothing was done.');
    expect({ exitCode, closed }).toEqual({ exitCode: 2, closed: true });
    expect(await readdir(folder)).toEqual([]);
  });
});
