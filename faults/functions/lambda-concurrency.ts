import {
  DeleteFunctionConcurrencyCommand,
  GetAccountSettingsCommand,
  GetFunctionConcurrencyCommand,
  LambdaClient,
  ListProvisionedConcurrencyConfigsCommand,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda';
import * as z from 'zod';
import type { LastingFault } from '#core/model/fault.ts';
import type { Injector } from '#core/model/injector.ts';
import { codeOf } from '#core/util/error-text.ts';
import type { Functions } from '#targets/functions/kind.ts';
import { minutes } from '../shared/minutes.ts';

const Parameters = z.strictObject({
  limit: z
    .int()
    .min(0)
    .max(1_000)
    .default(0)
    .describe('Concurrent executions that the function is left with'),
  minutes,
});

const Saved = z.strictObject({
  /** Null: none was reserved. */
  before: z.int().nullable(),
  ours: z.int(),
});

/** What must be left to all other functions. Source: Lambda Developer Guide, "Configuring reserved concurrency". */
const leftUnreserved = 100;

export const lambdaConcurrency: LastingFault<Functions, z.infer<typeof Parameters>, z.infer<typeof Saved>> = {
  name: 'lambda-concurrency',
  summary:
    'Reserves so few concurrent executions for a function that it is throttled: with 0, at every invocation.',
  kind: 'lambda-function',
  lasts: true,
  version: 1,
  parameters: Parameters,
  saved: Saved,
  propagationMs: 0,
  leaves: 'asynchronous events that wait for up to six hours, and are then delivered all at once',
  ends: {
    by: 'schedule',
    calls: (_strike, { id }, { before }) => [
      before === null
        ? { service: 'lambda', action: 'deleteFunctionConcurrency', input: { FunctionName: id } }
        : {
            service: 'lambda',
            action: 'putFunctionConcurrency',
            input: { FunctionName: id, ReservedConcurrentExecutions: before },
          },
    ],
  },
  permissions: [
    { action: 'lambda:GetFunctionConcurrency', on: 'function', phases: ['prepare', 'inject', 'undo'] },
    { action: 'lambda:ListProvisionedConcurrencyConfigs', on: 'function', phases: ['prepare'] },
    { action: 'lambda:GetAccountSettings', phases: ['prepare'] },
    { action: 'lambda:PutFunctionConcurrency', on: 'function', phases: ['inject', 'undo'] },
    { action: 'lambda:DeleteFunctionConcurrency', on: 'function', phases: ['undo'] },
  ],

  prepare: async (aws, { id, arns }, { limit }) => {
    const before = await readReserved(aws, id);
    if (before === 0) return { unfit: 'it is throttled already: 0 executions are reserved for it' };
    if (before === limit) return { unfit: `${limit} executions are reserved for it already` };
    const { ProvisionedConcurrencyConfigs = [] } = await aws
      .client(LambdaClient)
      .send(new ListProvisionedConcurrencyConfigsCommand({ FunctionName: id }));
    if (ProvisionedConcurrencyConfigs.length > 0) {
      return { unfit: 'it has provisioned concurrency, below which no less can be reserved' };
    }
    const { AccountLimit } = await aws.client(LambdaClient).send(new GetAccountSettingsCommand({}));
    const left = (AccountLimit?.UnreservedConcurrentExecutions ?? 0) + (before ?? 0) - limit;
    if (limit > 0 && left < leftUnreserved) {
      return {
        unfit: `the account would have ${left} unreserved executions left, and ${leftUnreserved} are required`,
      };
    }
    const arn = arns.function ?? '';
    return { saved: { before: before ?? null, ours: limit }, locks: [arn], hits: [arn] };
  },

  inject: async (aws, { id }, { limit }) => {
    await aws
      .client(LambdaClient)
      .send(new PutFunctionConcurrencyCommand({ FunctionName: id, ReservedConcurrentExecutions: limit }));
  },

  observe: async (aws, { id }, { before, ours }) => {
    try {
      const now = (await readReserved(aws, id)) ?? null;
      if (now === ours) return 'ours';
      return now === before ? 'before' : 'other';
    } catch (error) {
      if (codeOf(error) === 'ResourceNotFoundException') return 'gone';
      throw error;
    }
  },

  undo: async (aws, { id }, { before, ours }) => {
    const client = aws.client(LambdaClient);
    try {
      const now = (await readReserved(aws, id)) ?? null;
      if (now === before) return { outcome: 'undone' };
      if (now !== ours) return { outcome: 'contested' };
      await (before === null
        ? client.send(new DeleteFunctionConcurrencyCommand({ FunctionName: id }))
        : client.send(
            new PutFunctionConcurrencyCommand({ FunctionName: id, ReservedConcurrentExecutions: before }),
          ));
      return { outcome: 'undone' };
    } catch (error) {
      if (codeOf(error) === 'ResourceNotFoundException') return { outcome: 'gone' };
      throw error;
    }
  },

  byHand: (_strike, { id, region }, { before }) => [
    before === null
      ? `aws lambda delete-function-concurrency --function-name ${id} --region ${region}`
      : `aws lambda put-function-concurrency --function-name ${id} --reserved-concurrent-executions ${before} --region ${region}`,
  ],
};

async function readReserved(aws: Injector, id: string): Promise<number | undefined> {
  const { ReservedConcurrentExecutions } = await aws
    .client(LambdaClient)
    .send(new GetFunctionConcurrencyCommand({ FunctionName: id }));
  return ReservedConcurrentExecutions;
}
