import * as z from 'zod';
import { partitionOf } from '#core/model/aws-names.ts';
import type { Kind } from '#core/ports/kind.ts';
import { available } from '#core/util/lookup.ts';
import { parameterFolder } from '#layer/parameter.ts';
import { fitLone, type LoneGroup, type LoneKind, loneKind } from '../shared/lone-group.ts';
import { functionGuards } from './guards/index.ts';
import type { FunctionTypes } from './model.ts';

export const loneFunction: LoneKind = {
  kind: 'lambda-function',
  groupKind: 'function',
  what: 'function',
  resource: 'function',
  arnOf: ({ partition, region, account }, name) =>
    `arn:${partition}:lambda:${region}:${account}:function:${name}`,
};

/** Lambda functions, each a group of one. */
export const functions = {
  kind: 'lambda-function',
  groupKinds: ['function'],
  /** The name of its parameter, if the failure layer is attached to it. */
  facts: z.object({ failureParameter: z.string().exactOptional() }),
  arnPatterns: {
    function: ({ partition, account }) => `arn:${partition}:lambda:*:${account}:function:*`,
    parameter: ({ partition, account }) => `arn:${partition}:ssm:*:${account}:parameter${parameterFolder}*`,
  },
  readPermissions: [
    { action: 'cloudformation:DescribeStacks' },
    { action: 'cloudwatch:DescribeAlarms' },
    { action: 'cloudwatch:GetMetricData' },
    { action: 'fis:GetSafetyLever' },
    // The answer holds the function's environment.
    { action: 'lambda:GetFunctionConfiguration', on: 'function' },
    { action: 'tag:GetResources' },
  ],
  guards: functionGuards,
  ...loneKind<FunctionTypes>(loneFunction, (group, { configuration }) => {
    const failureParameter = configuration.ok ? configuration.value.failureParameter : undefined;
    return failureParameter === undefined
      ? { arns: {}, facts: {} }
      : { arns: { parameter: parameterArn(group, failureParameter) }, facts: { failureParameter } };
  }),
  fit: (which, tags) => {
    const { group, inspection } = fitLone(which, tags, loneFunction);
    const configuration = available({
      ...{ state: 'Active', lastUpdate: 'Successful' },
      failureParameter: `${parameterFolder}${group.name}`,
    });
    return { group, inspection: { ...inspection, configuration, invocations: available(1) } };
  },
} as const satisfies Kind<FunctionTypes>;

export type Functions = typeof functions;

function parameterArn({ region, account }: LoneGroup, name: string): string {
  return `arn:${partitionOf(region)}:ssm:${region}:${account}:parameter${name}`;
}
