import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { makeClients } from '#aws/clients/clients.ts';
import { VirtualClock } from '#sandbox/clock.ts';
import type { SandboxOptions } from '#sandbox/sandbox.ts';
import { DisruptableSandbox } from '../support/disruptions.ts';

export const startsAt = Date.parse('2026-11-23T09:00:00Z');
export const master = '111111111111';
export const target = '222222222222';
export const region = 'eu-west-1';
export const role = { roleArn: `arn:aws:iam::${target}:role/target`, externalId: 'agreed' };

/** A sandbox with one onboarded target account, on a clock that jumps unless told otherwise. */
export function aSandbox(options: Partial<SandboxOptions> & { readonly jumps?: boolean } = {}) {
  const { jumps = true, ...others } = options;
  const clock = new VirtualClock({ startsAt, jumps });
  const sandbox = new DisruptableSandbox({
    clock,
    caller: { account: master, roleName: 'chaos-monkey' },
    ...others,
  });
  sandbox.account(target).role({
    name: 'target',
    trust: { principal: sandbox.callerRole, externalId: role.externalId },
    policy: { Version: '2012-10-17', Statement: [] },
  });
  const clients = makeClients({ clock, concurrency: 10, transport: sandbox.transport });

  return {
    clock,
    sandbox,
    clients,
    home: sandbox.account(target).region(region),
    /** A session in the target account, for clients. */
    assume: async (input: { readonly Policy?: string; readonly SourceIdentity?: string } = {}) => {
      const { Credentials } = await clients(STSClient, { region }).send(
        new AssumeRoleCommand({
          RoleArn: role.roleArn,
          RoleSessionName: 'run-1',
          ExternalId: role.externalId,
          DurationSeconds: 900,
          ...input,
        }),
      );
      const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
      return {
        region,
        credentials: {
          accessKeyId: AccessKeyId,
          secretAccessKey: SecretAccessKey,
          sessionToken: SessionToken,
        },
      };
    },
  };
}
