import {
  DeleteResourcePolicyCommand,
  GetResourcePolicyCommand,
  PutResourcePolicyCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { describe, expect, test } from 'vitest';
import type { AuthorizationRequest } from '#sandbox/authorizer.ts';
import { aFunction } from './a-function.ts';

const deny = {
  Sid: 'ChaosA',
  Effect: 'Deny',
  Principal: '*',
  Action: 'lambda:InvokeFunction',
  Resource: 'arn:aws:lambda:eu-west-1:222222222222:function:web',
};
const policyOf = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });

async function setUp() {
  const asked: AuthorizationRequest[] = [];
  const { clock, home, web, lambda } = await aFunction(
    { aliases: ['live'], tags: { app: 'web' } },
    { authorize: (request) => asked.push(request) > 0 },
  );
  const get = (arn = web.arn) => lambda.send(new GetResourcePolicyCommand({ ResourceArn: arn }));
  const put = (Policy: string, RevisionId?: string, arn = web.arn) =>
    lambda.send(new PutResourcePolicyCommand({ ResourceArn: arn, Policy, RevisionId }));
  const remove = (RevisionId?: string, arn = web.arn) =>
    lambda.send(new DeleteResourcePolicyCommand({ ResourceArn: arn, RevisionId }));
  return { clock, home, web, lambda, asked, get, put, remove };
}

const stale = { name: 'PreconditionFailedException', $metadata: { httpStatusCode: 412 } };
const missing = { name: 'ResourceNotFoundException', $metadata: { httpStatusCode: 404 } };

// moto does not know these calls: they are held to the API reference, PutResourcePolicy, and the SDK's model.
describe('a function’s resource policy', () => {
  test('is not found until there is one, and once it was deleted', async () => {
    const { get, put, remove } = await setUp();
    await expect(get()).rejects.toMatchObject(missing);
    await expect(remove()).rejects.toMatchObject(missing);
    const { Policy, RevisionId } = await put(policyOf(deny));
    expect(await get()).toMatchObject({ Policy, RevisionId });
    expect(JSON.parse(Policy ?? '')).toEqual(JSON.parse(policyOf(deny)));
    await remove(RevisionId);
    await expect(get()).rejects.toMatchObject(missing);
  });

  test('is replaced only at the revision that is named', async () => {
    const { get, put, remove } = await setUp();
    await expect(put(policyOf(deny), 'made up')).rejects.toMatchObject(stale);
    const first = await put(policyOf(deny));
    const second = await put(policyOf(deny, { ...deny, Sid: 'Theirs' }), first.RevisionId);
    expect(second.RevisionId).not.toBe(first.RevisionId);
    await expect(put(policyOf(deny), first.RevisionId)).rejects.toMatchObject(stale);
    await expect(remove(first.RevisionId)).rejects.toMatchObject(stale);
    expect(await get()).toMatchObject({ Policy: second.Policy, RevisionId: second.RevisionId });
  });

  test('has another revision after any change of the function, and waits for one in progress', async () => {
    const { clock, web, lambda, get, put, remove } = await setUp();
    const { RevisionId } = await put(policyOf(deny));
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'web', Timeout: 9 }));
    const conflict = { name: 'ResourceConflictException' };
    await expect(put(policyOf(deny))).rejects.toMatchObject(conflict);
    await expect(remove()).rejects.toMatchObject(conflict);
    await clock.advance(10_000);
    await expect(put(policyOf(deny), RevisionId)).rejects.toMatchObject(stale);
    await put(policyOf(deny), (await get()).RevisionId);
    web.setPolicy(policyOf({ ...deny, Sid: 'Theirs' }));
    expect((await get()).Policy).toContain('Theirs');
  });

  test('of an alias is its own', async () => {
    const { web, asked, get, put } = await setUp();
    const alias = `${web.arn}:live`;
    await put(policyOf(deny), undefined, alias);
    await expect(get()).rejects.toMatchObject(missing);
    expect((await get(alias)).Policy).toContain('ChaosA');
    await expect(get(`${web.arn}:nobody`)).rejects.toMatchObject(missing);
    expect(asked.at(-2)).toMatchObject({ resource: alias, resourceTags: { app: 'web' } });
  });

  test('goes with the function', async () => {
    const { home, get, put } = await setUp();
    await put(policyOf(deny));
    home.functions.delete('web');
    await expect(get()).rejects.toMatchObject(missing);
  });

  test('allows nothing to everybody, and is complete JSON of 20 KB at most', async () => {
    const { get, put } = await setUp();
    const allow = { ...deny, Effect: 'Allow' };
    for (const Principal of ['*', { AWS: '*' }]) {
      await expect(put(policyOf({ ...allow, Principal }))).rejects.toMatchObject({
        name: 'PublicPolicyException',
      });
    }
    const { Principal: _, ...nobody } = allow;
    for (const text of ['{', '[]', '{}', policyOf(), policyOf(nobody)]) {
      await expect(put(text)).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
    }
    await expect(put(policyOf({ ...deny, Sid: 'x'.repeat(20_480) }))).rejects.toMatchObject({
      name: 'PolicyLengthExceededException',
    });
    await expect(get()).rejects.toMatchObject(missing);
  });

  test('is asked for by a complete ARN', async () => {
    const { get } = await setUp();
    await expect(get('web')).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
    await expect(get('arn:aws:lambda:eu-west-1:333333333333:function:web')).rejects.toMatchObject(missing);
  });
});
