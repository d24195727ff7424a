import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock as clock } from '#aws/clients/clock.ts';
import { dynamoLedger } from '#aws/ledger/dynamo-ledger.ts';
import { newSecret } from '#aws/new-ids.ts';
import { bucketReports } from '#aws/reports-bucket.ts';
import { findStack } from '#cli/deployed/find-stack.ts';
import type { ExperimentLedger } from '#core/ports/experiment-ledger.ts';
import { reportPage } from '#report-page/page.ts';
import { aCli } from '../../support/a-cli.ts';
import { anExperimentRecord } from '../../support/an-experiment-record.ts';
import { anExperimentReport } from '../../support/an-experiment-report.ts';
import { motoAvailable, sayWithoutMoto } from '../../support/moto.ts';
import { createMasterStack, motoAccountId, motoForCli } from '../../support/moto-for-cli.ts';
import { plainClients } from '../../support/plain-clients.ts';

const region = 'eu-west-1';
const over = '20261123T090000Z-3f9a1c2b';
const running = '20261123T100000Z-00000002';

if (!motoAvailable()) sayWithoutMoto('experiments of the deployment, on moto');

describe.runIf(motoAvailable())('chaos experiment, over the network', () => {
  const moto = motoForCli();
  let cwd: string;
  let ledger: ExperimentLedger;
  let chaos: (...args: readonly string[]) => ReturnType<ReturnType<typeof aCli>>;
  beforeAll(async () => {
    const clients = plainClients(moto().endpoint);
    await createMasterStack(clients, region);
    const { tableName, reportsBucket = '' } = await findStack(region, clients);
    ledger = dynamoLedger({ client: clients(DynamoDBClient, { region }), tableName, newSecret, clock });
    const reports = bucketReports({
      ...{ client: clients(S3Client, { region }), bucket: reportsBucket, region, page: reportPage },
    });
    await ledger.beginExperiment(anExperimentRecord({ id: over }));
    await reports.put({ ...anExperimentReport(), id: over });
    await ledger.endExperiment(over, {
      verdict: 'survived',
      why: 'all well',
      at: '2026-11-23T09:10:00.000Z',
    });
    await ledger.beginExperiment(
      anExperimentRecord({ id: running, leaseUntil: Date.parse('2126-11-23T09:00:00Z') }),
    );
    cwd = await mkdtemp(join(tmpdir(), 'chaos-experiments-'));
    const master = { account: motoAccountId, region };
    const config = { master, accounts: [motoAccountId], regions: [region], experiments: { deploy: true } };
    await writeFile(join(cwd, 'chaos.config.json'), JSON.stringify(config));
    const cli = aCli({ clock, cwd });
    chaos = (...args) => cli('experiment', ...args);
  }, 90_000);
  afterAll(() => rm(cwd, { recursive: true }));

  test('lists, reads and annotates one that is over', async () => {
    const { out } = await chaos('list', '--json');
    expect(JSON.parse(out)).toMatchObject([
      { id: running, ran: 'deployed', ended: null },
      { id: over, ran: 'deployed', ended: { verdict: 'survived' } },
    ]);
    expect(await chaos('note', over, 'a lesson')).toMatchObject({ exitCode: 0 });
    const written = await chaos('report', over, '--format', 'html', '--out', 'page.html');
    expect(written).toMatchObject({ exitCode: 0, out: join(cwd, 'page.html') });
    expect(await readFile(written.out, 'utf8')).toMatch(/^<!doctype html>[\s\S]*a lesson/);
    expect(await chaos('report', running)).toMatchObject({ exitCode: 1 });
  });

  test('shows and stops the one that runs', async () => {
    expect((await chaos('status')).out).toContain(`${running}  measuring, nothing in place`);
    const { exitCode, out } = await chaos('stop', '--reason', 'enough');
    expect(out).toContain('STOPPED. Nothing of it is in place.');
    expect(exitCode).toBe(0);
    expect((await ledger.experiment(running))?.stop).toMatchObject({
      reason: 'enough',
      by: expect.stringContaining(motoAccountId),
    });
    expect((await chaos('status', running)).out).toContain('stopping, nothing in place');
  }, 20_000);
});
