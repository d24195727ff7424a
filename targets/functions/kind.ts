import * as z from 'zod';
import type { Kind } from '#core/ports/kind.ts';
import { available } from '#core/util/lookup.ts';
import { fitLone, type LoneKind, loneKind } from '../shared/lone-group.ts';
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
  facts: z.object({}),
  arnPatterns: { function: ({ partition, account }) => `arn:${partition}:lambda:*:${account}:function:*` },
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
  ...loneKind<FunctionTypes>(loneFunction),
  fit: (which, tags) => {
    const { group, inspection } = fitLone(which, tags, loneFunction);
    const configuration = available({ state: 'Active', lastUpdate: 'Successful' });
    return { group, inspection: { ...inspection, configuration, invocations: available(1) } };
  },
} as const satisfies Kind<FunctionTypes>;

export type Functions = typeof functions;
