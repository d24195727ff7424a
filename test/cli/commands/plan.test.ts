import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { aCli, noAws } from '../../support/a-cli.ts';
import { aDeployment } from '../../support/a-deployment.ts';
import { aServer, invokeRun, serverForTests } from '../../support/a-server.ts';
import configInput from '../../support/cli-folder/chaos.config.ts';

const chaos = aCli();
const server = serverForTests();
const checkout = '111111111111/us-east-1/asg/checkout';
let cwd: string;
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'chaos-plan-'));
  for (const leashed of [true, false]) {
    const text = `export default ${JSON.stringify({ ...configInput, leashed })};`;
    await writeFile(join(cwd, `${leashed}.config.ts`), text);
  }
});
afterAll(() => rm(cwd, { recursive: true }));

describe('chaos plan', () => {
  test("prints the deployed function's plan", async () => {
    const { exitCode, out, notes } = await chaos('plan', '--date', '2026-11-27', '--days', '2');
    expect(out).toMatch(
      /^ LIVE {2}Chaos monkey: \d+ strikes are drawn for Fri 2026-11-27 to Sat 2026-11-28\n/,
    );
    expect(out).toMatch(
      new RegExp(`\nFri 2026-11-27, UTC: \\d+ strikes\n  ${checkout} +09:00.* ec2-terminate on i-\\w+\n`),
    );
    expect(out).toContain('Nothing is struck on Sat 2026-11-28: Saturday');
    expect(notes).toBe('Asking chaos_monkey in eu-west-1 of account 111111111111 for a plan ...');
    expect(exitCode).toBe(0);
  });

  test('predicts what the runs of the day strike', async () => {
    const { days } = JSON.parse((await chaos('plan', '--json')).out);
    const first = '2026-11-23T09:00:00Z';
    const planned = days[0].strikes.filter(({ slot }: { slot: string }) => slot === first);
    const report = await invokeRun(server(), { slot: first });
    const drawn = report.decisions.filter(({ drawn = 1, probability = 0 }) => drawn < probability);
    expect(drawn.length).toBeGreaterThan(0);
    expect(planned.map(({ group }: { group: string }) => group).sort()).toEqual(
      drawn.map(({ group }) => group).sort(),
    );
  });

  test('ends with 1 when something could not be inspected', async () => {
    const broken = await aServer({
      fleet: {
        ...server().world.fleet,
        survey: async () => ({
          value: { seen: [], regionsSurveyed: 0 },
          failures: [{ stage: 'assume-role', code: 'AccessDenied', message: 'no', account: '222222222222' }],
        }),
      },
    });
    vi.stubEnv('AWS_ENDPOINT_URL', broken.url);
    const { exitCode, out } = await chaos('plan');
    await broken.close();
    expect(out).toMatch(/Failures: 1\n {2}assume-role AccessDenied \(1\)\n {4}222222222222 {2}no\n/);
    expect(exitCode).toBe(1);
  });

  test('--sandbox asks no AWS', async () => {
    const { exitCode, out, notes } = await aCli({ transport: noAws })('plan', '--sandbox', '--json');
    expect(JSON.parse(out)).toMatchObject({ mode: 'live', timeZone: 'UTC', failures: [] });
    expect(notes).toBe('Running on a sandbox with a made-up fleet. Nothing real is touched.');
    expect(exitCode).toBe(0);
  });
});

describe('chaos plan --sandbox', () => {
  test.each([
    ['leashed', 'true.config.ts', / LEASHED /, / LIVE /],
    ['live', 'false.config.ts', / LIVE /, / LEASHED /],
  ])('of a configuration that is %s has its badge, and not the other', async (mode, file, badge, other) => {
    const alone = aCli({ transport: noAws, clock: aDeployment().clock, cwd });
    const { out } = await alone('plan', '--sandbox', '--config', file);
    expect(out).toMatch(badge);
    expect(out).not.toMatch(other);
    expect(JSON.parse((await alone('plan', '--sandbox', '--config', file, '--json')).out)).toMatchObject({
      mode,
    });
  });
});
