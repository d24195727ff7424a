import {
  GetAccountSettingsCommand,
  GetFunctionConcurrencyCommand,
  ListProvisionedConcurrencyConfigsCommand,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda';
import { describe, expect, test } from 'vitest';
import { aFunction } from './a-function.ts';

const FunctionName = 'web';

async function setUp(...seed: Parameters<typeof aFunction>) {
  const { home, web, lambda } = await aFunction(...seed);
  const reserve = (ReservedConcurrentExecutions: number) =>
    lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions }));
  const unreserved = async () =>
    (await lambda.send(new GetAccountSettingsCommand({}))).AccountLimit?.UnreservedConcurrentExecutions;
  return { home, web, lambda, reserve, unreserved };
}

// moto enforces no pool, and has neither account settings nor provisioned concurrency: these are held to the Developer Guide,
// "Configuring reserved concurrency for a function".
describe('reserved concurrency', () => {
  test('leaves 100 of the account’s concurrency to all other functions', async () => {
    const { home, reserve, unreserved } = await setUp();
    home.functions.add({ name: 'other', reserved: 400 });
    expect(await unreserved()).toBe(600);
    await expect(reserve(501)).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: expect.stringContaining('below its minimum value of [100]'),
    });
    expect(await unreserved()).toBe(600);
    await reserve(500);
    expect(await unreserved()).toBe(100);
  });

  test('an undo is refused once the pool was given away', async () => {
    const { home, web, reserve } = await setUp({ reserved: 500 });
    await reserve(0);
    home.functions.add({ name: 'newcomer', reserved: 600 });
    await expect(reserve(500)).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
    expect(web.reserved).toBe(0);
  });

  test('is lowered even where too little is left', async () => {
    const { home, web, reserve } = await setUp({ reserved: 50 });
    home.functions.add({ name: 'other', reserved: 60 });
    home.functions.concurrency = 120;
    await reserve(10);
    expect(web.reserved).toBe(10);
  });

  test('is raised by what it takes in addition', async () => {
    const { reserve, unreserved } = await setUp({ reserved: 500 });
    await expect(reserve(901)).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
    await reserve(900);
    expect(await unreserved()).toBe(100);
  });

  test('is not below the provisioned concurrency', async () => {
    const { lambda, reserve } = await setUp({ provisioned: { live: 5, blue: 3 }, reserved: 10 });
    await expect(reserve(7)).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
    await reserve(8);
    const list = await lambda.send(
      new ListProvisionedConcurrencyConfigsCommand({ FunctionName, MaxItems: 1 }),
    );
    expect(list).toMatchObject({
      ProvisionedConcurrencyConfigs: [
        {
          FunctionArn: expect.stringMatching(/:function:web:live$/),
          RequestedProvisionedConcurrentExecutions: 5,
        },
      ],
      NextMarker: expect.any(String),
    });
  });

  test('somebody else’s change shows', async () => {
    const { web, lambda, reserve } = await setUp();
    await reserve(1);
    web.reserved = 20;
    const answer = await lambda.send(new GetFunctionConcurrencyCommand({ FunctionName }));
    expect(answer.ReservedConcurrentExecutions).toBe(20);
  });

  test('goes with the function', async () => {
    const { home, lambda, unreserved } = await setUp({ reserved: 300 });
    home.functions.delete('web');
    await expect(lambda.send(new GetFunctionConcurrencyCommand({ FunctionName }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    expect(await unreserved()).toBe(1000);
  });
});
