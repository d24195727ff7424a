import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { App } from 'aws-cdk-lib';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { masterStack, targetStack } from '#bin/stacks.ts';
import { type Build, buildInto } from '#bin/synth.ts';

/** Whatever the repository's own configuration has become. */
const example = fileURLToPath(new URL('../support/example/chaos.config.ts', import.meta.url));

let outdir: string;
beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), 'app-'));
  // No matter who runs the tests.
  vi.stubEnv('CDK_DEFAULT_ACCOUNT', undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(outdir, { recursive: true });
});

/** Synthesizes an app, without its code; answers with the manifest. */
async function synthesized(build: Build, context: Record<string, unknown> = {}) {
  const app = new App({
    outdir,
    analyticsReporting: false,
    context: { 'aws:cdk:bundling-stacks': [], config: example, ...context },
  });
  await buildInto(app, build);
  app.synth();
  return JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8'));
}

/** A configuration file with these contents. */
function configFile(text: string): string {
  const file = join(outdir, 'other.config.ts');
  writeFileSync(file, text);
  return file;
}

describe('the master stack', () => {
  test('is synthesized without credentials and lookups', async () => {
    expect(await synthesized(masterStack)).not.toHaveProperty('missing');
    expect(readdirSync(outdir)).toContain('ChaosMaster.template.json');
  });

  test('says where a configuration is no TypeScript', async () => {
    const config = configFile('export default {\n  accounts: [[\n};');
    await expect(synthesized(masterStack, { config })).rejects.toThrow(/other\.config\.ts cannot be loaded/);
  });

  test('says a mistake in the configuration, and no more than that', async () => {
    const config = configFile(
      `export default {
        master: { account: '111111111111', region: 'eu-west-1' },
        accounts: ['222222222222'], regions: ['eu-west-1'], externalId: 'x-1', rate: { probability: 2 },
      };`,
    );
    await expect(synthesized(masterStack, { config })).rejects.toMatchObject({
      message: `${config} is not valid:\n  rate.probability: expected a number from 0 to 1, found 2`,
    });
  });

  test('has the schedules of experiments whose files are beside the configuration, and says a mistake in one', async () => {
    const config = configFile(
      `export default {
        master: { account: '111111111111', region: 'eu-west-1' },
        accounts: ['222222222222'], regions: ['eu-west-1'], externalId: 'x-1', faults: ['lambda-latency'],
        experiments: { deploy: true, hosts: ['shop.example.com'], scheduled: ['latency.yaml'] },
      };`,
    );
    const sample = readFileSync(new URL('../../experiments/latency.yaml', import.meta.url), 'utf8');
    writeFileSync(join(outdir, 'latency.yaml'), sample);
    await expect(synthesized(masterStack, { config })).rejects.toThrow(
      /^latency\.yaml is not valid:\n {2}schedule: expected when it runs/,
    );
    writeFileSync(join(outdir, 'latency.yaml'), `${sample}schedule: { cron: 0 10 ? * TUE * }\n`);
    await synthesized(masterStack, { config });
    const template = readFileSync(join(outdir, 'ChaosMaster.template.json'), 'utf8');
    expect(template).toContain('chaos-experiment-latency');
  });

  test('says so when accounts do not fit, and no more than that', async () => {
    const config = configFile(
      `const accounts = Array.from({ length: 1000 }, (_, index) => ({
        id: String(200000000000 + index), roleName: 'a-name-that-is-as-long-as-its-owner-could-make-it-' + index,
      }));
      export default { master: { account: '111111111111', region: 'eu-west-1' }, accounts, regions: ['eu-west-1'], externalId: 'x-1' };`,
    );
    await expect(synthesized(masterStack, { config })).rejects.toThrow(
      /^chaos\.config\.ts is not valid:\n {2}accounts: .*1000 accounts with 1000 role names.*$/,
    );
  });
});

describe('the stack of a target account', () => {
  test('is for the account whose credentials the CDK CLI has', async () => {
    vi.stubEnv('CDK_DEFAULT_ACCOUNT', '222222222222');
    const { artifacts } = await synthesized(targetStack);
    expect(artifacts.ChaosTargetRole.environment).toBe('aws://222222222222/eu-west-1');
  });

  test('is for the account that -c account names, without credentials', async () => {
    await synthesized(targetStack, { account: '333333333333' });
    expect(readdirSync(outdir)).toContain('ChaosTargetRole.template.json');
  });

  test.each([
    ['no account', {}, /expected an account that the configuration lists.*, found no credentials$/],
    ['an account that is not configured', { account: '999999999999' }, /found 999999999999$/],
    ['the master account', { account: '111111111111' }, /in its own stack, found 111111111111$/],
  ])('is refused to %s in one sentence', async (_name, context, sentence) => {
    await expect(synthesized(targetStack, context)).rejects.toThrow(sentence);
  });
});
