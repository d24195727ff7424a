import {
  type FunctionConfiguration,
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import * as z from 'zod';
import type { LastingFault } from '#core/model/fault.ts';
import type { Injector } from '#core/model/injector.ts';
import { codeOf } from '#core/util/error-text.ts';
import type { Functions } from '#targets/functions/kind.ts';
import { minutes } from '../shared/minutes.ts';

const Parameters = z
  .strictObject({
    memoryMb: z
      .int()
      .min(128)
      .max(10_240)
      .nullable()
      .default(128)
      .describe("The function's memory; null: it keeps what it has"),
    timeoutSeconds: z
      .int()
      .min(1)
      .max(900)
      .nullable()
      .default(null)
      .describe("The function's timeout; null: it keeps what it has"),
    minutes,
  })
  .refine(({ memoryMb, timeoutSeconds }) => memoryMb !== null || timeoutSeconds !== null, {
    path: ['timeoutSeconds'],
    error: 'expected a timeout, as memoryMb is null: there is nothing to change',
  });

/** Those that the fault changes, and no other. */
const Settings = z.strictObject({
  MemorySize: z.int().exactOptional(),
  Timeout: z.int().exactOptional(),
});
type Settings = z.infer<typeof Settings>;

const Saved = z.strictObject({
  before: Settings,
  ours: Settings,
  /** That of the function before it: whoever changes anything of the function changes it. */
  revision: z.string(),
});

const fields = ['MemorySize', 'Timeout'] as const;
const busy = { outcome: 'busy', why: 'Lambda is updating the function' } as const;

export const lambdaConfigure: LastingFault<Functions, z.infer<typeof Parameters>, z.infer<typeof Saved>> = {
  name: 'lambda-configure',
  summary: "Sets a function's memory or timeout, or both, to what it was not made for.",
  kind: 'lambda-function',
  lasts: true,
  version: 1,
  parameters: Parameters,
  saved: Saved,
  propagationMs: 0,
  leaves:
    'cold starts, at its beginning and at its end: Lambda discards all warm environments. Versions published meanwhile keep its values for good',
  wide: "any change of the function's configuration but its layers and its VPC, the environment variables included",
  ends: {
    by: 'schedule',
    calls: (_strike, { id }, { before }) => [
      {
        service: 'lambda',
        action: 'updateFunctionConfiguration',
        input: { FunctionName: id, ...before },
      },
    ],
  },
  permissions: [
    {
      action: 'lambda:GetFunctionConfiguration',
      on: 'function',
      showsSecrets: true,
      phases: ['prepare', 'inject', 'undo'],
    },
    // Shows whether the function is there, where its configuration must not be read.
    { action: 'lambda:GetFunctionConcurrency', on: 'function', phases: ['inject', 'undo'] },
    {
      action: 'lambda:UpdateFunctionConfiguration',
      on: 'function',
      phases: ['inject', 'undo'],
      // Layers are code, and a VPC reaches what the function did not.
      condition: {
        Null: { 'lambda:Layer': 'true', 'lambda:SubnetIds': 'true', 'lambda:SecurityGroupIds': 'true' },
      },
    },
  ],

  prepare: async (aws, { id, arns }, { memoryMb, timeoutSeconds }) => {
    const now = await readConfiguration(aws, id);
    const wanted = { MemorySize: memoryMb ?? undefined, Timeout: timeoutSeconds ?? undefined };
    const changed = fields.filter((field) => wanted[field] !== undefined && wanted[field] !== now[field]);
    if (changed.length === 0)
      return { unfit: 'its memory and timeout are already what they would be set to' };
    if (isUpdating(now)) return { unfit: 'it is being updated' };
    const saved = {
      before: Settings.parse(pick(now, changed)),
      ours: Settings.parse(pick(wanted, changed)),
      revision: now.RevisionId ?? '',
    };
    const arn = arns.function ?? '';
    return { saved, locks: [arn], hits: [arn] };
  },

  inject: async ({ client }, { id }, _parameters, { ours, revision }) => {
    await client(LambdaClient).send(
      new UpdateFunctionConfigurationCommand({ FunctionName: id, ...ours, RevisionId: revision }),
    );
  },

  observe: async (aws, { id }, { before, ours }) => {
    if (await isGone(aws, id)) return 'gone';
    const now = await readConfiguration(aws, id);
    const changed = changedIn(before);
    if (changed.every((field) => now[field] === before[field])) return 'before';
    const stillOurs = changed.filter((field) => now[field] === ours[field]);
    if (stillOurs.length === 0) return 'other';
    return stillOurs.length === changed.length ? 'ours' : 'partly';
  },

  undo: async (hand, { id }, { before, ours }) => {
    if (await isGone(hand, id)) return { outcome: 'gone' };
    const now = await readConfiguration(hand, id);
    if (isUpdating(now)) return busy;
    const changed = changedIn(before);
    const stillOurs = changed.filter((field) => now[field] === ours[field]);
    if (stillOurs.length === 0) {
      const isBefore = changed.every((field) => now[field] === before[field]);
      return { outcome: isBefore ? 'undone' : 'contested' };
    }
    try {
      await hand.client(LambdaClient).send(
        new UpdateFunctionConfigurationCommand({
          ...{ FunctionName: id, RevisionId: now.RevisionId },
          ...pick(before, stillOurs),
        }),
      );
    } catch (error) {
      // Somebody else was faster: what it is now shows the next look.
      if (!['PreconditionFailedException', 'ResourceConflictException'].includes(codeOf(error))) throw error;
    }
    return busy;
  },

  byHand: (_strike, { id, region }, { before: { MemorySize, Timeout } }) => {
    const memory = MemorySize === undefined ? '' : ` --memory-size ${MemorySize}`;
    const timeout = Timeout === undefined ? '' : ` --timeout ${Timeout}`;
    return [
      `aws lambda update-function-configuration --function-name ${id}${memory}${timeout} --region ${region}`,
    ];
  },
};

function changedIn(settings: Settings): readonly (typeof fields)[number][] {
  return fields.filter((field) => settings[field] !== undefined);
}

function pick(
  from: { readonly [Field in keyof Settings]?: number | undefined },
  which: readonly (keyof Settings)[],
) {
  return Object.fromEntries(which.map((field) => [field, from[field]]));
}

function isUpdating({ LastUpdateStatus }: FunctionConfiguration): boolean {
  return LastUpdateStatus === 'InProgress';
}

/** The environment is in the answer: it stays here. */
async function readConfiguration(aws: Injector, id: string): Promise<FunctionConfiguration> {
  return aws.client(LambdaClient).send(new GetFunctionConfigurationCommand({ FunctionName: id }));
}

async function isGone(aws: Injector, id: string): Promise<boolean> {
  try {
    await aws.client(LambdaClient).send(new GetFunctionConcurrencyCommand({ FunctionName: id }));
    return false;
  } catch (error) {
    if (codeOf(error) === 'ResourceNotFoundException') return true;
    throw error;
  }
}
