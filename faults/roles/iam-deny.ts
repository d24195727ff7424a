import {
  AttachRolePolicyCommand,
  DetachRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import * as z from 'zod';
import { partitionOf } from '#core/model/aws-names.ts';
import type { LastingFault } from '#core/model/fault.ts';
import type { Injector } from '#core/model/injector.ts';
import type { PlaceOfRole } from '#core/model/target.ts';
import { denyPolicyArn } from '#core/permissions/deny-policy.ts';
import { codeOf } from '#core/util/error-text.ts';
import { shellWord } from '#core/util/shell-word.ts';
import type { Roles } from '#targets/roles/kind.ts';
import { minutes } from '../shared/minutes.ts';

const Parameters = z.strictObject({ minutes });

const Saved = z.strictObject({ policyArn: z.string() });

/** The default quota of managed policies of a role. Source: IAM User Guide, "IAM and AWS STS quotas". */
const mostAttached = 10;

/** That policy and no other. */
const onlyOurs = ({ partition, account }: PlaceOfRole) => ({
  ArnEquals: { 'iam:PolicyARN': denyPolicyArn(partition, account) },
});

export const iamDeny: LastingFault<Roles, z.infer<typeof Parameters>, z.infer<typeof Saved>> = {
  name: 'iam-deny',
  summary:
    'Denies a role access to data: in S3, DynamoDB, SQS, SNS, Lambda, KMS, Secrets Manager and others.',
  kind: 'iam-role',
  lasts: true,
  version: 1,
  parameters: Parameters,
  saved: Saved,
  // Source: IAM User Guide, "Changes that I make are not always immediately visible". It gives no time.
  propagationMs: 120_000,
  leaves: 'whatever the role was denied meanwhile, AWS services included that act with it',
  ends: {
    by: 'schedule',
    calls: (_strike, { id }, { policyArn }) => [
      {
        service: 'iam',
        action: 'detachRolePolicy',
        input: { RoleName: id, PolicyArn: policyArn },
      },
    ],
  },
  permissions: [
    { action: 'iam:ListAttachedRolePolicies', on: 'role', phases: ['prepare', 'inject', 'undo'] },
    { action: 'iam:ListAttachedRolePolicies', on: 'roleByName', phases: ['undo'] },
    { action: 'iam:AttachRolePolicy', on: 'role', phases: ['inject'], condition: onlyOurs },
    { action: 'iam:DetachRolePolicy', on: 'role', phases: ['inject', 'undo'], condition: onlyOurs },
  ],

  // Source: IAM User Guide, "Create a service-linked role"; IAM Identity Center User Guide, "Referencing permission sets in resource policies".
  unfit: ({ arns }) =>
    /:role\/aws-(service-role|reserved)\//.test(arns.role ?? '')
      ? 'only its AWS service can change it'
      : undefined,

  prepare: async (aws, { id, arns, account, region }) => {
    const policyArn = denyPolicyArn(partitionOf(region), account);
    const attached = await listAttached(aws, id);
    if (attached.includes(policyArn)) return { unfit: 'the policy that denies is attached to it already' };
    if (attached.length >= mostAttached) {
      return { unfit: `it has ${attached.length} managed policies, and ${mostAttached} are allowed` };
    }
    const arn = arns.role ?? '';
    return { saved: { policyArn }, locks: [arn], hits: [arn] };
  },

  inject: async ({ client }, { id }, _parameters, { policyArn }) => {
    await client(IAMClient).send(new AttachRolePolicyCommand({ RoleName: id, PolicyArn: policyArn }));
  },

  observe: async (aws, { id }, { policyArn }) => {
    try {
      return (await listAttached(aws, id)).includes(policyArn) ? 'ours' : 'before';
    } catch (error) {
      if (codeOf(error) === 'NoSuchEntityException') return 'gone';
      throw error;
    }
  },

  undo: async (hand, { id }, { policyArn }) => {
    try {
      await listAttached(hand, id);
    } catch (error) {
      if (codeOf(error) === 'NoSuchEntityException') return { outcome: 'gone' };
      throw error;
    }
    try {
      // Whether it is listed or not: what is listed may be older than the attachment.
      await hand.client(IAMClient).send(new DetachRolePolicyCommand({ RoleName: id, PolicyArn: policyArn }));
    } catch (error) {
      // It is not attached.
      if (codeOf(error) !== 'NoSuchEntityException') throw error;
    }
    return { outcome: 'undone' };
  },

  byHand: (_strike, { id }, { policyArn }) => [
    `aws iam detach-role-policy --role-name ${shellWord(id)} --policy-arn ${policyArn}`,
  ],
};

/** All of them, in one answer: a role cannot have as many as a page. */
async function listAttached(aws: Injector, RoleName: string): Promise<readonly (string | undefined)[]> {
  const { AttachedPolicies = [] } = await aws
    .client(IAMClient)
    .send(new ListAttachedRolePoliciesCommand({ RoleName }));
  return AttachedPolicies.map(({ PolicyArn }) => PolicyArn);
}
