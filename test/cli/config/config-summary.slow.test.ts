import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseSummary, readConfigSummary } from '#cli/config/config-summary.ts';
import { findConfig } from '#cli/config/open-config.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chaos-summary-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(name: string, text: string, patienceMs?: number) {
  await writeFile(join(folder, name), text);
  return readConfigSummary(findConfig(name, folder), patienceMs);
}

const master = { account: '111111111111', region: 'eu-west-1' };
const summary = {
  ...{ master, timeZone: 'UTC', leashed: true, accounts: undefined },
  deploysExperiments: false,
};
const said = `export default ${JSON.stringify({ master })};`;

/** Each with a process of its own, as the command line reads it. */
describe('readConfigSummary', () => {
  test.each([
    [
      'prints more than a pipe holds',
      `process.stdout.write('x'.repeat(1e6)); console.error('x'.repeat(1e6)); ${said}`,
    ],
    [
      'writes to the descriptor of the answer',
      `import { writeSync } from 'node:fs'; writeSync(3, '{"config":7}\\nnull\\n{'); ${said}`,
    ],
    ['keeps its process alive', `setInterval(() => {}, 1000); ${said}`],
    [
      'is not valid elsewhere, and goes round in circles',
      `const a = { master: ${JSON.stringify(master)}, leash: 7n }; a.a = a; export default a;`,
    ],
  ])('reads a configuration that %s', async (what, text) => {
    expect(await read(`${what.slice(0, 6)}.config.mjs`, text)).toEqual(summary);
  });

  test('reads YAML', async () => {
    expect(await read('chaos.yaml', "master: { account: '111111111111', region: eu-west-1 }")).toEqual(
      summary,
    );
  });

  test('reads whether experiments are deployed', async () => {
    const deploying = `export default ${JSON.stringify({ master, experiments: { deploy: true } })};`;
    expect(await read('deploying.mjs', deploying)).toEqual({ ...summary, deploysExperiments: true });
    const mistaken = `export default ${JSON.stringify({ master, experiments: { deploy: 'yes' } })};`;
    expect(await read('mistaken.mjs', mistaken)).toEqual(summary);
  });

  test.each([
    ['throws', 'throw new Error("no such tag");', 'cannot be loaded: no such tag'],
    ['cannot be parsed', 'export default {', 'cannot be loaded: '],
    ['ends its process', 'process.exit(0);', 'ended its process (exit code 0)'],
    ['dies', 'process.kill(process.pid, "SIGKILL");', 'ended its process (SIGKILL)'],
    [
      'closes the descriptor of the answer',
      'import { closeSync } from "node:fs"; closeSync(3); export default {};',
      'ended its process (exit code ',
    ],
    ['never settles', 'await new Promise(() => {});', 'ended its process (exit code 13)'],
  ])('says what a configuration does that %s', async (what, text, words) => {
    const name = `${what.slice(0, 6)}.mjs`.replace(' ', '-');
    expect(await read(name, text)).toContain(`${name} ${words}`);
  });

  test.each([
    ['loops', 'for (;;);'],
    ['writes', 'import { writeSync } from "node:fs"; for (;;) writeSync(3, "x\\n".repeat(32_768));'],
    ['waits', 'await new Promise((done) => setTimeout(done, 1e9));'],
  ])('gives up a configuration that %s for ever, and ends its process', async (name, text) => {
    expect(await read(`${name}.mjs`, text, 400)).toBe(`${name}.mjs did not load within 0.4 seconds`);
  });

  test('says that there is none', async () => {
    expect(await readConfigSummary(findConfig('nowhere.ts', folder))).toBe(
      'There is no configuration nowhere.ts',
    );
  });
});

describe('parseSummary', () => {
  test.each([
    [{ master: { ...master, region: 'mars' } }, { master: { account: master.account } }],
    [{ master: { ...master, account: 1 } }, { master: { region: master.region } }],
    [{ master: 7 }, { master: {} }],
    [{}, { master: {}, accounts: undefined }],
    [
      { master, timeZone: 7, leashed: 'yes' },
      { master, timeZone: undefined, leashed: undefined },
    ],
    [
      {
        master,
        accounts: ['111111111111', { id: '222222222222' }, { id: '333333333333', regions: ['us-east-1'] }],
        regions: ['eu-west-1'],
      },
      {
        accounts: [
          { id: '111111111111', regions: ['eu-west-1'] },
          { id: '222222222222', regions: ['eu-west-1'] },
          { id: '333333333333', regions: ['us-east-1'] },
        ],
      },
    ],
    [
      { master, accounts: [7] },
      { master, accounts: undefined },
    ],
  ])('has of %j what can be read', (config, expected) => {
    expect(parseSummary({ config }, 'chaos.config.ts')).toMatchObject(expected);
  });
});
