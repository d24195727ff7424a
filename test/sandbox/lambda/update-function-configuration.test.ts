import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
  UpdateFunctionConfigurationCommand,
  type UpdateFunctionConfigurationCommandInput,
} from '@aws-sdk/client-lambda';
import { describe, expect, test } from 'vitest';
import { iamAuthorizer } from '../../support/iam-authorizer.ts';
import { aSandbox, master, region } from '../a-sandbox.ts';
import { aFunction } from './a-function.ts';

const FunctionName = 'web';

async function setUp() {
  const { clock, web, lambda } = await aFunction();
  const update = (input: Omit<UpdateFunctionConfigurationCommandInput, 'FunctionName'>) =>
    lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, ...input }));
  const read = () => lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  return { clock, web, lambda, update, read };
}

// moto has no revisions, and its updates are over at once: these are held to the API reference, UpdateFunctionConfiguration, and
// the Developer Guide, "Lambda function states".
describe('UpdateFunctionConfiguration', () => {
  test('takes its time, and no other change takes place meanwhile', async () => {
    const { clock, lambda, update, read } = await setUp();
    expect(await update({ MemorySize: 512 })).toMatchObject({ LastUpdateStatus: 'InProgress' });
    await clock.advance(9_999);
    expect(await read()).toMatchObject({ MemorySize: 512, LastUpdateStatus: 'InProgress' });
    const conflict = { name: 'ResourceConflictException', $metadata: { httpStatusCode: 409 } };
    await expect(update({ MemorySize: 128 })).rejects.toMatchObject(conflict);
    await expect(
      lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 0 })),
    ).rejects.toMatchObject(conflict);
    await clock.advance(1);
    expect(await read()).toMatchObject({ MemorySize: 512, LastUpdateStatus: 'Successful' });
    expect(await update({ MemorySize: 128 })).toMatchObject({ MemorySize: 128 });
  });

  // https://github.com/aws/aws-sdk/issues/377
  test('changes the revision twice: at once, and when it is complete', async () => {
    const { clock, update, read } = await setUp();
    const before = await read();
    const answer = await update({ Timeout: 10 });
    const during = await read();
    await clock.advance(10_000);
    const after = await read();
    expect(during.RevisionId).toBe(answer.RevisionId);
    expect(new Set([before, during, after].map(({ RevisionId }) => RevisionId)).size).toBe(3);
    await expect(update({ Timeout: 3, RevisionId: answer.RevisionId })).rejects.toMatchObject({
      name: 'PreconditionFailedException',
      $metadata: { httpStatusCode: 412 },
    });
    expect(await update({ Timeout: 3, RevisionId: after.RevisionId })).toMatchObject({ Timeout: 3 });
  });

  test('with the revision from before somebody else’s change is refused', async () => {
    const { clock, web, update, read } = await setUp();
    const { RevisionId } = await read();
    web.update({ memorySize: 1024 });
    await clock.advance(10_000);
    await expect(update({ Timeout: 3, RevisionId })).rejects.toMatchObject({
      name: 'PreconditionFailedException',
    });
    expect(web.settings).toEqual({ handler: 'index.handler', memorySize: 1024, timeout: 3 });
  });

  test('of the environment is not implemented', async () => {
    const { update } = await setUp();
    await expect(update({ Environment: { Variables: {} } })).rejects.toThrow(
      'the sandbox does not implement UpdateFunctionConfiguration.Environment',
    );
  });

  test('needs a permission on the function, which its tags may give', async () => {
    const { clients, sandbox } = aSandbox({
      authorize: iamAuthorizer(),
      caller: {
        account: master,
        roleName: 'chaos-monkey',
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: 'lambda:UpdateFunctionConfiguration',
              Resource: `arn:aws:lambda:*:${master}:function:*`,
              Condition: { StringEquals: { 'aws:ResourceTag/chaos:opt-in': 'true' } },
            },
          ],
        },
      },
    });
    const { functions } = sandbox.account(master).region(region);
    functions.add({ name: 'in', tags: { 'chaos:opt-in': 'true' } });
    functions.add({ name: 'out' });
    const update = (name: string) =>
      clients(LambdaClient, { region }).send(
        new UpdateFunctionConfigurationCommand({ FunctionName: name, Timeout: 9 }),
      );
    await expect(update('in')).resolves.toMatchObject({ Timeout: 9 });
    await expect(update('out')).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});
