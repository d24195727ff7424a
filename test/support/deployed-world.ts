import type { Config } from '#core/config/config.ts';
import { roleArn } from '#core/model/aws-names.ts';
import { Environment } from '#lambdas/chaos-monkey/environment.ts';
import type { SandboxCall } from '#sandbox/call.ts';
import { VirtualClock } from '#sandbox/clock.ts';
import { masterRoleName } from '#target-role/names.ts';
import { DisruptableSandbox } from './disruptions.ts';
import { iamAuthorizer } from './iam-authorizer.ts';
import { lacking, type Statement } from './policy-statements.ts';
import { type DeployedRole, resolveTemplate, roleNamed } from './resolved-template.ts';
import { masterStack, targetStack, templateOf } from './synth.ts';

const partition = 'aws';

/** All policies of a role as one document. */
export function policyOf({ inlinePolicies, managedPolicies }: DeployedRole): {
  readonly Version: string;
  readonly Statement: readonly Statement[];
} {
  const statements = [...inlinePolicies, ...managedPolicies].flatMap(
    (document) => (document as { readonly Statement: readonly Statement[] }).Statement,
  );
  return { Version: '2012-10-17', Statement: statements };
}
/** Actions that are taken out of what the roles grant. */
export interface Without {
  readonly master?: readonly string[];
  readonly targets?: readonly string[];
}

/**
 * A sandbox with the synthesized stacks of a configuration in it, where every call must pass their policies, and a note
 * of every call. `environment` is that of the deployed `chaos_monkey`.
 */
export function deployedWorld(config: Config, without: Without = {}) {
  const { account, region } = config.master;
  const master = resolveTemplate(templateOf(masterStack(config)), { account, region });
  const masterRole = roleNamed(master, masterRoleName);
  const environment = environmentOf(master);

  const clock = new VirtualClock({ startsAt: Date.parse('2026-11-23T09:00:00Z'), jumps: true });
  const calls: SandboxCall[] = [];
  const sandbox = new DisruptableSandbox({
    clock,
    caller: { account, roleName: masterRoleName, policy: lacking(policyOf(masterRole), without.master) },
    authorize: iamAuthorizer(),
    onCall: (call) => calls.push(call),
  });

  const targetRoles = config.accounts.map((target) => {
    const resources =
      target.id === account
        ? master
        : resolveTemplate(templateOf(targetStack(config, target.id)), { account: target.id, region });
    const role = roleNamed(resources, target.roleName);
    sandbox.account(target.id).role({
      name: target.roleName,
      policy: lacking(policyOf(role), without.targets),
      trust: {
        principal: roleArn(partition, account, masterRoleName),
        externalId: target.externalId,
        policy: role.trustPolicy,
      },
    });
    return { account: target.id, ...role };
  });

  const home = sandbox.account(account).region(region);
  home.table({
    name: environment.TABLE_NAME,
    partitionKey: 'pk',
    sortKey: 'sk',
  });
  const topicOf = (arn: string) => home.topic(arn.split(':').at(-1) ?? '');
  const topic = topicOf(environment.TOPIC_ARN);
  const notRecoveredTopic = topicOf(environment.NOT_RECOVERED_TOPIC_ARN);
  return { sandbox, clock, calls, environment, masterRole, targetRoles, topic, notRecoveredTopic };
}

/** What the template gives the function `chaos_monkey`, as the function would take it. */
function environmentOf(resources: ReturnType<typeof resolveTemplate>): Environment {
  for (const { Type, Properties } of Object.values(resources)) {
    if (Type !== 'AWS::Lambda::Function' || Properties.FunctionName !== 'chaos_monkey') continue;
    return Environment.parse((Properties.Environment as { readonly Variables: unknown }).Variables);
  }
  throw new Error('the template has no chaos_monkey');
}
