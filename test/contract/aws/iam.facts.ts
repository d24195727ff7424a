import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRoleTagsCommand,
} from '@aws-sdk/client-iam';
import { expect } from 'vitest';
import { pairs } from './arrange-instances.ts';
import type { AccountUnderTest, AwsUnderTest, Fact } from './aws-under-test.ts';

export const title = 'IAM';

const missing = { name: 'NoSuchEntityException', $metadata: { httpStatusCode: 404 } };
const document = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }] };

export function facts(fact: Fact): void {
  fact('a role is described, with its trust policy in URL encoding', async (account, aws) => {
    const { iam, RoleName, arn } = await role(account, aws);
    const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
    expect(Role).toMatchObject({
      RoleName,
      Arn: arn,
      Path: '/apps/',
      RoleId: expect.stringMatching(/^AROA/),
      Tags: [{ Key: 'team', Value: 'orders' }],
    });
    expect(JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ''))).toMatchObject({
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole' }],
    });
    expect(await iam.send(new ListRoleTagsCommand({ RoleName }))).toMatchObject({
      Tags: [{ Key: 'team', Value: 'orders' }],
    });
  });

  fact('a policy is attached, listed and detached; attaching twice is no error', async (account, aws) => {
    const { attach, detach, list, policies } = await role(account, aws);
    expect(await list()).toEqual([]);
    await attach(policies[0]);
    await attach(policies[0]);
    await aws.settle();
    expect(await list()).toEqual([{ PolicyName: 'policy-0', PolicyArn: policies[0] }]);
    await detach(policies[0]);
    await aws.settle();
    expect(await list()).toEqual([]);
  });

  fact('what does not exist is named so: the role, the policy, the attachment', async (account, aws) => {
    const { iam, attach, detach, policies } = await role(account, aws);
    const nobody = { RoleName: 'nobody' };
    for (const command of [
      new GetRoleCommand(nobody),
      new ListAttachedRolePoliciesCommand(nobody),
      new ListRoleTagsCommand(nobody),
      new AttachRolePolicyCommand({ ...nobody, PolicyArn: policies[0] }),
      new DetachRolePolicyCommand({ ...nobody, PolicyArn: policies[0] }),
    ]) {
      await expect(iam.send<never, never>(command as never)).rejects.toMatchObject(missing);
    }
    await expect(attach(`arn:aws:iam::${account.id}:policy/nobody`)).rejects.toMatchObject(missing);
    await expect(detach(policies[0])).rejects.toMatchObject(missing);
  });

  // Source: IAM User Guide, "IAM and AWS STS quotas".
  fact(
    'a role has ten policies attached at most',
    async (account, aws) => {
      const { attach, detach, policies } = await role(account, aws);
      for (const policy of policies.slice(0, 10)) await attach(policy);
      await expect(attach(policies[10])).rejects.toMatchObject({
        name: 'LimitExceededException',
        $metadata: { httpStatusCode: 409 },
      });
      await attach(policies[9]);
      await detach(policies[0]);
      await attach(policies[10]);
    },
    'takes any number',
  );

  // Source: IAM User Guide, "Changes that I make are not always immediately visible".
  fact(
    'what was attached is listed after a while',
    async (account, aws) => {
      const { attach, detach, list, policies } = await role(account, aws);
      await attach(policies[0]);
      expect(await list()).toEqual([]);
      await detach(policies[0]);
    },
    'is never behind',
  );

  // Source: IAM User Guide, "Service-linked roles"; IAM API reference, UnmodifiableEntityException.
  fact(
    'a service-linked role is not changed',
    async (account, aws) => {
      const { iam, policies } = await role(account, aws);
      const RoleName = 'AWSServiceRoleForX';
      await account.arrange({
        sandbox: ({ account }) => {
          const path = '/aws-service-role/x.amazonaws.com/';
          account.role({ name: RoleName, path, trust: { principal: 'x.amazonaws.com' } });
        },
        moto: async () => {},
      });
      for (const command of [
        new AttachRolePolicyCommand({ RoleName, PolicyArn: policies[0] }),
        new DetachRolePolicyCommand({ RoleName, PolicyArn: policies[0] }),
      ]) {
        await expect(iam.send<never, never>(command as never)).rejects.toMatchObject({
          name: 'UnmodifiableEntityException',
        });
      }
    },
    'changes it',
  );
}

async function role(account: AccountUnderTest, aws: AwsUnderTest) {
  const RoleName = 'orders';
  const names = Array.from({ length: 11 }, (_, index) => `policy-${index}`);
  const tags = { team: 'orders' };
  const trust = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ],
  };
  await account.arrange({
    sandbox: ({ account }) => {
      const principal = 'lambda.amazonaws.com';
      account.role({ name: RoleName, path: '/apps/', tags, trust: { principal, policy: trust } });
      for (const name of names) account.managedPolicy({ name, document });
    },
    moto: async (client) => {
      const iam = client(IAMClient, 'us-east-1');
      await iam.send(
        new CreateRoleCommand({
          RoleName,
          Path: '/apps/',
          AssumeRolePolicyDocument: JSON.stringify(trust),
          Tags: pairs(tags),
        }),
      );
      for (const PolicyName of names) {
        await iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument: JSON.stringify(document) }));
      }
    },
  });
  // It is answered wherever it is asked.
  const iam = aws.clients(IAMClient, account.scope('eu-west-1'));
  return {
    iam,
    RoleName,
    arn: `arn:aws:iam::${account.id}:role/apps/${RoleName}`,
    policies: names.map((name) => `arn:aws:iam::${account.id}:policy/${name}`),
    attach: (PolicyArn: string | undefined) => iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn })),
    detach: (PolicyArn: string | undefined) => iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn })),
    list: async () => (await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }))).AttachedPolicies,
  };
}
