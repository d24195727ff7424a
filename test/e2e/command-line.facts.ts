import type { AwsCredentialIdentity } from '@smithy/types';
import { describe, expect, test } from 'vitest';
import { RunReport } from '#core/reports/run-report.ts';
import { parse } from '#core/util/parse.ts';
import { outputs } from '#lib/outputs.ts';
import { cleanEnvironment, type Finished, runNode } from '../support/child-process.ts';
import { masterId, places, somewhere, targetIds } from './accounts-and-regions.ts';
import { liveRun } from './events.ts';
import type { MotoDeployment } from './moto-deployment.ts';
import { alwaysStruck } from './moto-fleet.ts';
import { masterOutputs } from './stacks.ts';

// `chaos run` without --here asks the deployed function. It is not here: moto runs functions in Docker containers.

export function commandLineFacts(deployment: () => MotoDeployment): void {
  /** The real command line, in a process of its own, as an operator of the master account unless told otherwise. */
  const chaos = (args: readonly string[], credentials?: AwsCredentialIdentity) => {
    const {
      accessKeyId,
      secretAccessKey,
      sessionToken = '',
    } = credentials ?? deployment().account(masterId).credentials;
    return runNode(['bin/chaos.ts', ...args, '--config', deployment().configFile], {
      ...cleanEnvironment(),
      AWS_ENDPOINT_URL: deployment().proxy.endpoint,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
    });
  };
  const reportIn = ({ stdout, stderr }: Pick<Finished, 'stdout' | 'stderr'>) => {
    expect(stdout, stderr).toMatch(/^\{/);
    return parse(RunReport, JSON.parse(stdout), 'stdout');
  };
  const everywhere = () =>
    Promise.all(places.map((place) => deployment().fleet.group(place, 'web', 2, alwaysStruck)));
  const inMaster = Object.fromEntries(
    places
      .filter(({ account }) => account === masterId)
      .map(({ account, region }) => [`${account}/${region}/asg/web`, 1]),
  );

  describe('the command line', () => {
    test('chaos stop ends all strikes until chaos resume', async () => {
      await everywhere();
      const stopped = await chaos(['stop', '--reason', 'Black Friday']);
      expect(stopped, stopped.stderr).toMatchObject({
        exitCode: 0,
        stdout: expect.stringContaining('STOPPED'),
      });
      try {
        const losses = await deployment().fleet.lossesDuring(async () => {
          const report = await liveRun(deployment(), { force: true });
          expect(report).toMatchObject({ outcome: 'closed', strikes: [] });
          expect(report.gates).toContainEqual({
            gate: 'stop',
            open: false,
            text: expect.stringMatching(/assumed-role\/operator\/.*Black Friday/),
          });
        });
        expect(losses).toEqual({});
        const { stdout } = await chaos(['status', '--json']);
        expect(JSON.parse(stdout)).toMatchObject({ stop: { reason: 'Black Friday' }, leashed: false });
      } finally {
        const resumed = await chaos(['resume']);
        expect(resumed.exitCode, resumed.stderr).toBe(0);
      }
      const losses = await deployment().fleet.lossesDuring(() => liveRun(deployment()));
      expect(losses).toEqual(
        Object.fromEntries(places.map(({ account, region }) => [`${account}/${region}/asg/web`, 1])),
      );
    });

    test.each([
      ['veto', ['--until', '2h', '--reason', 'migration'], 'VETOED', 'vetoed'],
      ['leash', ['--reason', 'migration'], 'LEASHED', 'leashed-group'],
    ])('chaos %s keeps a group from being struck until it is lifted', async (command, args, word, code) => {
      await deployment().fleet.group(somewhere, 'web', 3, alwaysStruck);
      const web = `${somewhere.account}/${somewhere.region}/asg/web`;
      const set = await chaos([command, web, ...args]);
      expect(set, set.stderr).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(word) });
      const losses = await deployment().fleet.lossesDuring(async () => {
        const { decisions } = await liveRun(deployment(), { force: true });
        expect(decisions).toMatchObject([
          {
            reason: {
              code,
              text: expect.stringMatching(/assumed-role\/operator\/.*migration/),
            },
          },
        ]);
      });
      expect(losses).toEqual({});

      const lifted = await chaos([command, web, '--off']);
      expect(lifted, lifted.stderr).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Lifted') });
      expect(await deployment().fleet.lossesDuring(() => liveRun(deployment()))).toEqual({ [web]: 1 });
    });

    test('chaos run --here says what it would do in the accounts that let it in, and touches nothing', async () => {
      await everywhere();
      const losses = await deployment().fleet.lossesDuring(async () => {
        const { exitCode, stdout, stderr } = await chaos(['run', '--here', '--json']);
        const report = reportIn({ stdout, stderr });
        expect(report).toMatchObject({ trigger: 'cli', mode: 'leashed', counts: { leashed: 2 } });
        expect(report.strikes.map(({ group }) => group).sort()).toEqual(Object.keys(inMaster).sort());
        expect(
          report.failures.map(({ stage, code, account }) => `${stage} ${code} ${account}`).sort(),
        ).toEqual(targetIds.map((id) => `assume-role AccessDenied ${id}`));
        expect(stderr).toContain("Target roles trust only the master's role");
        expect(exitCode, stderr).toBe(1);
      });
      expect(losses).toEqual({});
    });

    test("under the master's role, chaos run --here sees every account", async () => {
      await everywhere();
      const { [outputs.role]: role = '' } = await masterOutputs(deployment().account(masterId));
      const credentials = await deployment().assumed(role);
      const losses = await deployment().fleet.lossesDuring(async () => {
        const { exitCode, stdout, stderr } = await chaos(['run', '--here', '--json'], credentials);
        const { counts, failures } = reportIn({ stdout, stderr });
        expect(failures).toEqual([]);
        expect(counts).toMatchObject({ regionsSurveyed: places.length, leashed: places.length });
        expect(exitCode, stderr).toBe(0);
      });
      expect(losses).toEqual({});
    });

    test('chaos run --here --unleash strikes, and is in the ledger', async () => {
      await everywhere();
      let runId: string | undefined;
      const losses = await deployment().fleet.lossesDuring(async () => {
        const args = ['run', '--here', '--unleash', '--only-account', masterId, '--json'];
        const { exitCode, stdout, stderr } = await chaos(args);
        const report = reportIn({ stdout, stderr });
        expect(report).toMatchObject({ mode: 'live', failures: [], counts: { succeeded: 2 } });
        expect(exitCode, stderr).toBe(0);
        ({ runId } = report);
      });
      expect(losses).toEqual(inMaster);
      const { stdout } = await chaos(['status', '--json']);
      expect(JSON.parse(stdout).runs[0]).toMatchObject({ runId, counts: { succeeded: 2 } });
    });
  });
}
