import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

let outdir: string;
beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), 'app-'));
});
afterEach(() => {
  rmSync(outdir, { recursive: true });
});

/** Runs an app as the CDK CLI does, on a machine without AWS credentials or configuration. */
function synth(app: string, context: Record<string, unknown> = {}, environment: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join('bin', app)], {
    cwd: root,
    encoding: 'utf8',
    env: {
      PATH: process.env.PATH ?? '',
      HOME: outdir,
      CDK_OUTDIR: outdir,
      CDK_CONTEXT_JSON: JSON.stringify({ 'aws:cdk:bundling-stacks': [], ...context }),
      ...environment,
    },
  });
  return { status, said: `${stdout}${stderr}` };
}

/** A configuration file with these contents. */
function configFile(text: string): string {
  const file = join(outdir, 'other.config.ts');
  writeFileSync(file, text);
  return file;
}

describe('bin/app.ts', () => {
  test('synthesizes the master stack without credentials and lookups', () => {
    expect(synth('app.ts')).toMatchObject({ status: 0 });
    expect(readdirSync(outdir)).toContain('ChaosMaster.template.json');
    const manifest = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8'));
    expect(manifest).not.toHaveProperty('missing');
  });

  test('says where a configuration is no TypeScript, without a stack trace', () => {
    const { status, said } = synth('app.ts', { config: configFile('export default {\n  accounts: [[\n};') });
    expect(status).toBe(1);
    expect(said).toMatch(/other\.config\.ts cannot be loaded/);
    expect(said).not.toMatch(/^\s+at /m);
  });

  test('says a mistake in the configuration, and no more than that', () => {
    const config = configFile(
      `export default {
        master: { account: '111111111111', region: 'eu-west-1' },
        accounts: ['222222222222'], regions: ['eu-west-1'], externalId: 'x-1', rate: { probability: 2 },
      };`,
    );
    expect(synth('app.ts', { config })).toEqual({
      status: 1,
      said: `${config} is not valid:\n  rate.probability: expected a number from 0 to 1, found 2\n`,
    });
    expect(readdirSync(outdir)).not.toContain('ChaosMaster.template.json');
  });

  test('says so where accounts do not fit, and no more than that', () => {
    const config = configFile(
      `const accounts = Array.from({ length: 1000 }, (_, index) => ({
        id: String(200000000000 + index), roleName: 'a-name-that-is-as-long-as-its-owner-could-make-it-' + index,
      }));
      export default { master: { account: '111111111111', region: 'eu-west-1' }, accounts, regions: ['eu-west-1'], externalId: 'x-1' };`,
    );
    const { status, said } = synth('app.ts', { config });
    expect(status).toBe(1);
    expect(said).toMatch(
      /^chaos\.config\.ts is not valid:\n {2}accounts: .*1000 accounts with 1000 role names.*\n$/,
    );
  });
});

describe('bin/target-app.ts', () => {
  test('synthesizes the role of the account whose credentials the CDK CLI has', () => {
    expect(synth('target-app.ts', {}, { CDK_DEFAULT_ACCOUNT: '222222222222' })).toMatchObject({ status: 0 });
    const manifest = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8'));
    expect(manifest.artifacts.ChaosTargetRole.environment).toBe('aws://222222222222/eu-west-1');
  });

  test('takes the account from -c account without credentials', () => {
    expect(synth('target-app.ts', { account: '333333333333' })).toMatchObject({ status: 0 });
    expect(readdirSync(outdir)).toContain('ChaosTargetRole.template.json');
  });

  test.each([
    [
      'no account',
      {},
      /expected the credentials of an account that chaos\.config\.ts lists, found no credentials\n$/,
    ],
    ['an account that is not configured', { account: '999999999999' }, /found 999999999999\n$/],
    ['the master account', { account: '111111111111' }, /in the master's own stack, found 111111111111\n$/],
  ])('refuses %s in one sentence', (_name, context, sentence) => {
    const { status, said } = synth('target-app.ts', context);
    expect(status).toBe(1);
    expect(said).toMatch(sentence);
    expect(said).not.toContain('    at ');
  });
});
