import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Transport } from '#aws/clients/transport.ts';
import { version } from '#core/util/version.ts';
import { aCli } from '../../support/a-cli.ts';
import { aDeployment, cliConfig } from '../../support/a-deployment.ts';
import { aReport } from '../../support/a-report.ts';
import { anExperimentRecord } from '../../support/an-experiment-record.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chaos-status-'));
  await writeFile(
    join(folder, 'half.config.ts'),
    "export default { master: { region: 'eu-west-1' }, leash: 7 };",
  );
});
afterAll(() => rm(folder, { recursive: true }));

const reason = 'Black Friday';
const by = 'arn:aws:sts::111111111111:assumed-role/ops/ann';
const at = '2026-11-23T09:00:00.000Z';

describe('chaos status', () => {
  test('prints the stop, what is deployed, who is held and the last runs as JSON', async () => {
    const { ledger, ...aws } = aDeployment();
    const stop = { reason, by, at: '2026-11-23T08:00:00.000Z' };
    await ledger.setStop(stop);
    const group = '222222222222/eu-west-1/asg/web';
    const leash = { reason, by, at };
    await ledger.setLeash(group, leash);
    const experiment = anExperimentRecord();
    await ledger.beginExperiment(experiment);
    for (let run = 1; run <= 6; run += 1)
      await ledger.recordRun(aReport({ runId: `2026112${run}T090000Z-00000001` }));
    const { exitCode, out } = await aCli(aws)('status', '--json');
    const { runs, ...rest } = JSON.parse(out);
    const { schedule } = cliConfig;
    expect(rest).toEqual({
      region: 'eu-west-1',
      table: 'chaos-monkey',
      version: { here: version, deployed: version },
      stop,
      leashed: false,
      configuration: { version, leashed: false, schedule, accounts: 2, accountRegions: 4 },
      held: [{ group, leash }],
      open: [],
      experiments: [experiment],
    });
    expect(runs.map(({ runId }: { runId: string }) => runId.slice(0, 8))).toEqual([
      ...['20261126', '20261125', '20261124', '20261123', '20261122'],
    ]);
    expect(exitCode).toBe(0);
  });

  test('tells what is deployed, and not what the file here says', async () => {
    const schedule = { ...cliConfig.schedule, timeZone: 'Asia/Tokyo' };
    const aws = aDeployment({ ...cliConfig, leashed: true, schedule });
    const { exitCode, out } = await aCli({ ...aws, cwd: folder })('status', '--config', 'half.config.ts');
    expect(out).toMatch(/^Not stopped\.\nLeashed by the deployed configuration/);
    expect(out).toContain('09:00-16:00 Asia/Tokyo');
    expect(exitCode).toBe(0);
  });

  test('says that what is deployed is not known with --table, and takes the zone from the file here', async () => {
    const { exitCode, out } = await aCli(aDeployment({ ...cliConfig, leashed: true }))(
      ...['status', '--table', 'chaos-monkey'],
    );
    expect(out).toContain('unknown (with --table, the stack is not read).');
    expect(out).not.toContain('Leashed by');
    expect(out).toContain('Times are in UTC.');
    expect(exitCode).toBe(0);
  });

  test('says of an item that cannot be read how it is looked at where it is', async () => {
    const { transport, ...aws } = aDeployment();
    const broken: Transport = async (call) => {
      const answer = await transport(call);
      const isRuns = JSON.stringify(call.input).includes('"runs"');
      return isRuns ? { Items: [{ pk: { S: 'runs' }, sk: { S: 'x' }, report: { S: '{' } }] } : answer;
    };
    const place = ['--region', 'eu-west-1', '--table', 'chaos-monkey'];
    const { notes } = await aCli({ ...aws, transport: broken })('status', ...place);
    expect(notes).toContain(`(./chaos ledger check ${place.join(' ')} says what to do)`);
  });

  test('says that the stack of another version does not say what is deployed', async () => {
    const { transport, ...aws } = aDeployment();
    const older: Transport = async (call) => {
      const answer = await transport(call);
      return JSON.parse(JSON.stringify(answer).replace('"Configuration"', '"Other"'));
    };
    const { out } = await aCli({ ...aws, transport: older })('status');
    expect(out).toContain('unknown (the stack was deployed by a version that did not publish it.');
  });
});
