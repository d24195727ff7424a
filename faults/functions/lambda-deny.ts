import {
  DeleteResourcePolicyCommand,
  GetFunctionConcurrencyCommand,
  GetResourcePolicyCommand,
  LambdaClient,
  PutResourcePolicyCommand,
} from '@aws-sdk/client-lambda';
import { codeOf } from '#core/util/error-text.ts';
import type { Functions } from '#targets/functions/kind.ts';
import { statementByHand } from '../shared/by-hand.ts';
import { policyFault } from '../shared/policy-fault.ts';

const actions = ['lambda:InvokeFunction', 'lambda:InvokeFunctionUrl', 'lambda:InvokeAsync'] as const;

/** Callers of an alias or a version go by the policy of that, which stays as it is. */
export const lambdaDeny = policyFault<Functions, (typeof actions)[number]>({
  name: 'lambda-deny',
  summary:
    'Denies invocations of a function, other than by an alias or a version, by the policy of the function.',
  kind: 'lambda-function',
  actions,
  // Source: Lambda Developer Guide, "Lambda quotas", function resource-based policy.
  quota: { bytes: 20_480 },
  propagationMs: 10_000,
  leaves: 'events that their senders have given up',
  permissions: [
    { action: 'lambda:GetResourcePolicy', on: 'function', phases: ['prepare', 'inject', 'undo'] },
    { action: 'lambda:GetFunctionConcurrency', on: 'function', phases: ['prepare', 'inject', 'undo'] },
    { action: 'lambda:PutResourcePolicy', on: 'function', phases: ['inject', 'undo'] },
    { action: 'lambda:DeleteResourcePolicy', on: 'function', phases: ['undo'] },
  ],
  resource: 'function',
  resourcesOf: (arn) => [arn],

  calls: {
    read: async (aws, { id, arns }) => {
      const client = aws.client(LambdaClient);
      try {
        const command = new GetResourcePolicyCommand({ ResourceArn: arns.function });
        const { Policy, RevisionId } = await client.send(command);
        return { text: Policy, revision: RevisionId };
      } catch (error) {
        if (codeOf(error) !== 'ResourceNotFoundException') throw error;
        // Of a function without a policy, and of none. Of the questions that tell, this one has the smallest answer.
        await client.send(new GetFunctionConcurrencyCommand({ FunctionName: id }));
        return { text: undefined, revision: undefined };
      }
    },
    write: async (aws, { arns }, Policy, RevisionId) => {
      const command = new PutResourcePolicyCommand({ ResourceArn: arns.function, Policy, RevisionId });
      await aws.client(LambdaClient).send(command);
    },
    remove: async (aws, { arns }, RevisionId) => {
      const command = new DeleteResourcePolicyCommand({ ResourceArn: arns.function, RevisionId });
      await aws.client(LambdaClient).send(command);
    },
    gone: ['ResourceNotFoundException'],
    busy: ['PreconditionFailedException', 'ResourceConflictException'],
  },

  byHand: (sid, { region, arns }, { wasAbsent }) => {
    const on = `--resource-arn ${arns.function} --region ${region}`;
    return statementByHand(sid, wasAbsent, {
      get: `aws lambda get-resource-policy ${on} --query Policy --output text`,
      put: `aws lambda put-resource-policy ${on} --policy`,
      remove: `aws lambda delete-resource-policy ${on}`,
    });
  },
});
