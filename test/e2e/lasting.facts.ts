import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import {
  DeleteFunctionCommand,
  LambdaClient,
  ListFunctionsCommand,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda';
import { describe, expect, inject, test } from 'vitest';
import type { UndoEntry } from '#core/model/undo-entry.ts';
import { UndoReport } from '#core/reports/undo-report.ts';
import { parse } from '#core/util/parse.ts';
import { outputs, stackName } from '#lib/outputs.ts';
import { cleanEnvironment, runNode } from '../support/child-process.ts';
import { resolveTemplate } from '../support/resolved-template.ts';
import { home, masterId, somewhere } from './accounts-and-regions.ts';
import { reportOf } from './events.ts';
import { type LastingResource, lastingResources } from './lasting-resources.ts';
import type { MotoDeployment } from './moto-deployment.ts';
import { masterOutputs } from './stacks.ts';
import { readAssembly } from './synthesize.ts';

/** Longer than any service may take to show a change, or a run may live. */
const longAgo = 20;

export function lastingFacts(deployment: () => MotoDeployment): void {
  /** `chaos` in a process of its own, with credentials of the master account. */
  const chaos = (...args: string[]) => {
    const { accessKeyId, secretAccessKey, sessionToken = '' } = deployment().account(masterId).credentials;
    return runNode(['bin/chaos.ts', ...args], {
      ...cleanEnvironment(),
      AWS_ENDPOINT_URL: deployment().proxy.endpoint,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
    });
  };
  const configured = (...args: string[]) => chaos(...args, '--config', deployment().configFile);
  const active = async (): Promise<readonly UndoEntry[]> => {
    const { stdout, stderr } = await configured('strikes', '--active', '--json');
    expect(stdout, stderr).toMatch(/^\{/);
    return JSON.parse(stdout).active;
  };
  const ageAll = async () => {
    for (const { id } of await active()) await deployment().ledger.ageUndo(id, longAgo);
  };
  const resources = async (name: string) => {
    standInForMoto(deployment());
    const found = await lastingResources(deployment().account(somewhere.account), name);
    return { found, before: await describeAll(found) };
  };
  const requestOf = ({ group, fault }: LastingResource) => ({
    slot: deployment().slot(),
    dryRun: false,
    force: true,
    groups: [group],
    fault,
  });
  const strikeAll = async (found: readonly LastingResource[]) => {
    for (const one of found) {
      const { strikes, decisions } = await reportOf(deployment().monkey(), requestOf(one));
      expect(strikes, JSON.stringify(decisions)).toMatchObject([{ group: one.group, outcome: 'succeeded' }]);
    }
  };
  const janitor = async (event: object) => {
    await using container = await deployment().start('chaos_janitor');
    // Awaited here: the container ends with this function.
    return await container.invoke(event);
  };
  /** The request of CloudFormation for the stack's own resource, and what the function answers. */
  const lifecycle = async (RequestType: 'Delete' | 'Update') => {
    const { templateBody } = await readAssembly(inject('assemblies'), 'lasting');
    const place = { account: masterId, region: home };
    const [LogicalResourceId = '', resource] =
      Object.entries(resolveTemplate(JSON.parse(templateBody), place)).find(
        ([, { Type }]) => Type === 'Custom::ChaosUndo',
      ) ?? [];
    await using cloudFormation = await answersTo();
    await janitor({
      RequestType,
      ...{ ResponseURL: cloudFormation.url, LogicalResourceId, RequestId: 'one' },
      StackId: `arn:aws:cloudformation:${home}:${masterId}:stack/${stackName}/1`,
      ResourceProperties: resource?.Properties,
    });
    return cloudFormation.answers();
  };

  describe('faults that last', () => {
    test('killed right after each injection, the run leaves nothing that chaos_janitor and chaos undo do not end', async () => {
      const { found, before } = await resources('killed');
      for (const one of found) {
        await using monkey = await deployment().start('chaos_monkey');
        const injected = deployment().proxy.holdAnswer(one.injects);
        const run = monkey.invoke(requestOf(one));
        const dies = expect(run).rejects.toThrow(/process ended/);
        await Promise.race([injected, dies]);
        // SIGKILL: AWS has done it, and nobody has read that.
        await monkey[Symbol.asyncDispose]();
        await dies;
      }
      const broken = await describeAll(found);
      for (const [index, one] of found.entries()) expect(broken[index], one.group).not.toEqual(before[index]);
      const begun = await active();
      expect(begun.map(({ state }) => state)).toEqual(found.map(() => 'injecting'));

      // Nothing is concluded while a call of the run might still be under way.
      expect(parse(UndoReport, await janitor({}), 'answer')).toMatchObject({ strikes: [], open: 4 });
      await ageAll();
      const round = parse(UndoReport, await janitor({}), 'answer');
      expect(round).toMatchObject({ open: 4, failures: [] });
      expect(round.strikes.map(({ outcome }) => outcome)).toEqual(found.map(() => 'active'));
      expect((await active()).map(({ state }) => state)).toEqual(found.map(() => 'active'));
      await ageAll();

      const [first] = await active();
      const calls = deployment().proxy.calls.length;
      const one = await configured('undo', first?.id ?? '');
      expect(one, one.stderr).toMatchObject({
        exitCode: 0,
        stdout: expect.stringContaining('Still open: 3 strikes'),
      });
      const none = await configured('undo', '--account', '333333333333');
      expect(none, none.stderr).toMatchObject({ exitCode: 0 });
      expect(await active()).toHaveLength(3);
      const others = await configured('undo', '--account', somewhere.account);
      expect(others, others.stderr).toMatchObject({
        exitCode: 0,
        stdout: expect.stringContaining('No fault is active any more.'),
      });
      expect(
        deployment()
          .proxy.calls.slice(calls)
          .filter((call) => /\/invocations/.test(call)),
      ).toEqual([]);
      expect(await describeAll(found)).toEqual(before);
      expect(await active()).toEqual([]);
    });

    test('what somebody else changes meanwhile keeps the control plane from being deleted, until that is accepted', async () => {
      const { found, before } = await resources('contested');
      await strikeAll(found);
      await ageAll();
      await deployment()
        .account(somewhere.account)
        .client(LambdaClient, somewhere.region)
        .send(
          new PutFunctionConcurrencyCommand({ FunctionName: 'contested', ReservedConcurrentExecutions: 7 }),
        );

      expect(await lifecycle('Delete')).toMatchObject([
        { Status: 'FAILED', Reason: expect.stringMatching(/Still open: 1 fault\..*contested/) },
      ]);
      const [, ...others] = await describeAll(found);
      expect(others).toEqual(before.slice(1));
      const [left] = await active();
      expect(left).toMatchObject({ state: 'contested', target: { id: 'contested' } });

      const accepted = await configured('undo', left?.id ?? '', '--accept');
      expect(accepted, accepted.stderr).toMatchObject({ exitCode: 0 });
      expect(await lifecycle('Delete')).toMatchObject([{ Status: 'SUCCESS' }]);
      expect((await configured('resume')).exitCode).toBe(0);
    });

    test('deleting the control plane half-way undoes everything first', async () => {
      const { found, before } = await resources('deleted');
      await strikeAll(found);
      await ageAll();
      expect(await describeAll(found)).not.toEqual(before);
      expect(await lifecycle('Delete')).toMatchObject([
        { Status: 'SUCCESS', PhysicalResourceId: 'chaos-janitor' },
      ]);
      expect(await describeAll(found)).toEqual(before);
      expect((await configured('status', '--json')).stdout).toContain('is being deleted');
      expect((await configured('resume')).exitCode).toBe(0);
    });

    // The last one: it takes the functions away.
    test('without any function, chaos undo --all needs the table and the role alone', async () => {
      const { found, before } = await resources('orphaned');
      await strikeAll(found);
      await ageAll();
      const { [outputs.table]: table = '' } = await masterOutputs(deployment().account(masterId));
      const lambda = deployment().account(masterId).client(LambdaClient, home);
      const { Functions = [] } = await lambda.send(new ListFunctionsCommand({}));
      for (const { FunctionName } of Functions)
        await lambda.send(new DeleteFunctionCommand({ FunctionName }));
      // Neither a configuration nor a stack.
      const undone = await chaos('undo', '--all', '--region', home, '--table', table);
      expect(undone, undone.stderr).toMatchObject({
        exitCode: 0,
        stdout: expect.stringContaining('No fault is active any more.'),
      });
      expect(await describeAll(found)).toEqual(before);
      const { stdout, stderr } = await chaos('strikes', '--json', '--region', home, '--table', table);
      expect(stdout, stderr).toMatch(/^\{/);
      const { active: open, ended } = JSON.parse(stdout);
      expect(open).toEqual([]);
      expect(ended.map(({ end }: { readonly end: string }) => end)).toEqual(found.map(() => 'undone'));
    });
  });
}

async function describeAll(found: readonly LastingResource[]): Promise<readonly unknown[]> {
  return Promise.all(found.map((one) => one.describe()));
}

/** Moto 5.2 lacks what follows: the calls that read limits of Lambda, and whether a bucket's tags count. */
function standInForMoto({ proxy }: MotoDeployment): void {
  proxy.standIn(/^lambda:GET .*\/account-settings/, {
    contentType: 'application/json',
    body: JSON.stringify({
      AccountLimit: { ConcurrentExecutions: 1_000, UnreservedConcurrentExecutions: 900 },
    }),
  });
  proxy.standIn(/^lambda:GET .*\/provisioned-concurrency/, {
    contentType: 'application/json',
    body: JSON.stringify({ ProvisionedConcurrencyConfigs: [] }),
  });
  proxy.standIn(/^s3:GET .*[?&]abac/, {
    contentType: 'text/xml',
    body: '<AbacStatus xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Status>Enabled</Status></AbacStatus>',
  });
}

/** The presigned address that CloudFormation gives, and what is put there. */
async function answersTo() {
  const answers: unknown[] = [];
  const server = createServer(async (request, response) => {
    answers.push(JSON.parse(await text(request)));
    response.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `http://127.0.0.1:${address.port}/answer`,
    answers: () => answers,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
