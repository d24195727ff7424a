import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ownClock } from '../support/child-process.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

let outdir: string;
beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), 'app-'));
});
afterEach(() => {
  rmSync(outdir, { recursive: true });
});

/** Runs an app as the CDK CLI does, on a machine without AWS credentials or configuration. */
function synth(app: string, context: Record<string, unknown> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join('bin', app)], {
    cwd: root,
    encoding: 'utf8',
    env: {
      ...ownClock(),
      PATH: process.env.PATH ?? '',
      HOME: outdir,
      CDK_OUTDIR: outdir,
      CDK_CONTEXT_JSON: JSON.stringify({ 'aws:cdk:bundling-stacks': [], ...context }),
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

// What they say and when is tested in stacks.test.ts.
describe('an app, as a process', () => {
  test('bin/app.ts synthesizes the master stack without credentials and lookups', () => {
    expect(synth('app.ts')).toMatchObject({ status: 0 });
    expect(readdirSync(outdir)).toContain('ChaosMaster.template.json');
    const manifest = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8'));
    expect(manifest).not.toHaveProperty('missing');
  });

  test('bin/app.ts says a mistake in the configuration, and no more than that', () => {
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

  test('bin/app.ts says where a configuration is no TypeScript, without a stack trace', () => {
    const { status, said } = synth('app.ts', { config: configFile('export default {\n  accounts: [[\n};') });
    expect(status).toBe(1);
    expect(said).toMatch(/other\.config\.ts cannot be loaded/);
    expect(said).not.toMatch(/^\s+at /m);
  });

  test('bin/target-app.ts synthesizes the role of the account that it is told', () => {
    expect(synth('target-app.ts', { account: '333333333333' })).toMatchObject({ status: 0 });
    expect(readdirSync(outdir)).toContain('ChaosTargetRole.template.json');
  });
});
