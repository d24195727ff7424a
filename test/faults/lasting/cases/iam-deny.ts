import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  GetRoleCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import { denyPolicy, denyPolicyName } from '#core/permissions/deny-policy.ts';
import type { RoleSeed } from '#sandbox/sts/role.ts';
import { optIn, type StrikeWorld } from '../a-strike-world.ts';
import type { FaultCase, StruckResource } from '../fault-case.ts';

const other = (index: number) => `arn:aws:iam::222222222222:policy/other-${index}`;
const denyArn = `arn:aws:iam::222222222222:policy/${denyPolicyName}`;

const checkout =
  (seed: Partial<RoleSeed>) =>
  (world: StrikeWorld): StruckResource => {
    const { inAccount, clock } = world;
    inAccount.managedPolicy({ name: denyPolicyName, document: denyPolicy });
    const trust = { principal: 'lambda.amazonaws.com' };
    const role = inAccount.role({ name: 'checkout', trust, tags: optIn, ...seed });
    const { attachments } = role;
    return {
      find: () => world.find('checkout'),
      describe: () => ({ attached: attachments.latest }),
      isBroken: () => inAccount.policiesInEffect(role, clock.now()).includes(denyPolicy),
      change: (when) =>
        when === 'active'
          ? attachments.detach(denyArn, clock.now())
          : attachments.attach(denyArn, clock.now()),
      changeEndsIt: true,
      delete: () => inAccount.roles.delete(role.arn),
      setTags: (tags) => {
        role.tags = tags;
      },
    };
  };

const parameters = { minutes: 5 };

export const faultCase: FaultCase = {
  variants: [
    { title: 'of a role without policies', parameters, create: checkout({}) },
    {
      title: 'of a role with a path and another policy',
      parameters,
      create: checkout({ path: '/service-role/', attached: [other(1)] }),
    },
  ],
  unfit: [
    {
      title: 'that has it already',
      parameters,
      reason: /attached to it already/,
      create: checkout({ attached: [denyArn] }),
    },
    {
      title: 'that has as many policies as it may',
      parameters,
      reason: /10 managed policies/,
      create: checkout({ attached: Array.from({ length: 10 }, (_, index) => other(index)) }),
    },
  ],
  onMoto: {
    parameters,
    create: async (account, clients) => {
      const client = clients(IAMClient, account.scope());
      const RoleName = 'checkout';
      await client.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: '{}' }));
      const PolicyDocument = JSON.stringify(denyPolicy);
      for (const PolicyName of ['other-1', denyPolicyName]) {
        await client.send(new CreatePolicyCommand({ PolicyName, PolicyDocument }));
      }
      const PolicyArn = other(1).replace('222222222222', account.id);
      await client.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
      return {
        target: { id: RoleName, arns: { role: `arn:aws:iam::${account.id}:role/${RoleName}` } },
        describe: async () => {
          const { Role } = await client.send(new GetRoleCommand({ RoleName }));
          const attached = await client.send(new ListAttachedRolePoliciesCommand({ RoleName }));
          return { Role, attached: attached.AttachedPolicies };
        },
      };
    },
  },
};
