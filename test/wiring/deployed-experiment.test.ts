import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { expect, test } from 'vitest';
import { makeClients } from '#aws/clients/clients.ts';
import { dueMoments } from '#core/experiment/sampling/due-moments.ts';
import { stopExperimentByAwsCli } from '#core/messages/stop-by-aws-cli.ts';
import { faults } from '#faults/registry.ts';
import { VirtualClock } from '#sandbox/clock.ts';
import { deployedExperiment } from '#wiring/deployed-experiment.ts';
import { anExperiment, aRun, startsAt } from '../core/experiment/engine/an-experiment.ts';
import { never } from '../probes/probe-on-sandbox.ts';
import { cliConfig as config } from '../support/a-deployment.ts';
import { aProbeSpec } from '../support/a-probe.ts';

const topicArn = 'arn:aws:sns:eu-west-1:111111111111:chaos';

/** A deployed experiment, what it publishes, and what it could not do. */
function deployed({ isBroken = false, rehearsal = false } = {}) {
  const waiting = Promise.withResolvers<void>();
  const published: Readonly<Record<string, unknown>>[] = [];
  const failures: string[] = [];
  const clock = new VirtualClock({ startsAt });
  const clients = makeClients({
    ...{ clock, concurrency: 1 },
    transport: async ({ command, input }) => {
      if (command === 'DescribeInstancesCommand') {
        waiting.resolve();
        return new Promise<never>(() => {});
      }
      if (isBroken) throw Object.assign(new Error('no'), { name: 'AuthorizationErrorException' });
      expect(command).toBe('PublishCommand');
      published.push(input as Readonly<Record<string, unknown>>);
      return { MessageId: 'm-1' };
    },
  });
  const unused = () => {
    throw new Error('not called');
  };
  const over = new AbortController();
  const run = aRun({ experiment: anExperiment(), rehearsal });
  const { control, openSampler } = deployedExperiment(run, over.signal, {
    ...{ config, faults, clock, clients, newId: () => '00000001', newSecret: () => 'ab'.repeat(32) },
    ledger: { experiment: unused, renewLease: unused },
    journal: {
      ...{ begun: unused, decided: unused, struck: unused, verified: unused, ended: unused },
      failed: ({ stage, code }) => failures.push(`${stage}: ${code}`),
    },
    deployed: {
      ...{ tableName: 'Ledger', topicArn, notRecoveredTopicArn: 'arn:other', janitorName: 'chaos_janitor' },
    },
  });
  over.abort();
  /** All calls that may be in flight at once wait for an answer. */
  const occupy = async () => {
    void clients(EC2Client, { region: 'eu-west-1' }).send(new DescribeInstancesCommand({}));
    await waiting.promise;
  };
  return { run, control, published, failures, clock, openSampler, occupy };
}

test('people are told on the topic, with how to stop it in the deployment that it runs in', async () => {
  const { run, control, published } = deployed();
  await control.announce({ is: 'soon', at: startsAt });
  expect(published).toMatchObject([
    { TopicArn: topicArn, Subject: expect.stringContaining(run.experiment.title) },
  ]);
  const { email } = JSON.parse(String(published[0]?.Message));
  const { region } = config.master;
  expect(email).toContain(stopExperimentByAwsCli({ region, table: 'Ledger', id: run.id }));
});

test('what is worth no message is none, and what cannot be told is in the log', async () => {
  const quiet = deployed({ rehearsal: true });
  await quiet.control.announce({ is: 'soon', at: startsAt });
  expect([quiet.published, quiet.failures]).toEqual([[], []]);
  const { control, failures } = deployed({ isBroken: true });
  await control.announce({ is: 'soon', at: startsAt });
  expect(failures).toEqual(['announce: AuthorizationErrorException']);
});

test('groups are read whatever the strikes are waiting for', async () => {
  const { run, clock, openSampler, occupy } = deployed({ isBroken: true });
  await occupy();
  const [account] = config.accounts;
  const group = `${account?.id}/${account?.regions[0]}/asg/web`;
  const spec = aProbeSpec({ type: 'group-healthy', everyMs: 5_000, parameters: { group, atLeast: 1 } });
  const sampler = await openSampler(spec);
  const [due = 0] = dueMoments(startsAt, startsAt + 10_000, { everyMs: 5_000, seed: `${run.id}/page` });
  const samples = sampler.between(startsAt, startsAt + 10_000, never)[Symbol.asyncIterator]();
  const first = samples.next();
  await clock.advance(due - startsAt);
  // It is denied, and does not wait.
  expect((await first).value).toEqual({ due, is: 'unmeasured', detail: 'no' });
});
