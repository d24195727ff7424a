import type { AssumeRoleResponse } from '@aws-sdk/client-sts';
import type { AwsCredentialIdentity } from '@smithy/types';
import type { Sandbox } from '#sandbox/sandbox.ts';
import type { Region } from '#sandbox/state/region.ts';

/** Credentials of a role, which is created for it: AWS gives them to the function or the user that acts as this role. */
export async function actAsRole(
  sandbox: Sandbox,
  region: Region,
  name: string,
): Promise<AwsCredentialIdentity> {
  const { arn } = sandbox.account(region.account).role({ name, trust: { principal: sandbox.callerRole } });
  const { Credentials }: AssumeRoleResponse = await sandbox.transport({
    client: 'STSClient',
    command: 'AssumeRoleCommand',
    input: { RoleArn: arn, RoleSessionName: name },
    region: region.name,
    credentials: undefined,
  });
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}
