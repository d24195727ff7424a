import { AssumeRoleCommand, type AssumeRoleCommandInput, type STSClient } from '@aws-sdk/client-sts';
import type { AwsCredentialIdentity } from '@smithy/types';
import { partitionOf } from '#core/model/aws-names.ts';

/** A region of each partition that every account has, and another. Credentials from either are valid in all regions. */
const stsRegions: Readonly<Record<string, readonly [string, string]>> = {
  aws: ['us-east-1', 'us-west-2'],
  'aws-cn': ['cn-north-1', 'cn-northwest-1'],
  'aws-us-gov': ['us-gov-west-1', 'us-gov-east-1'],
};

/** The region in which STS is asked where that of the master does not answer; undefined in partitions of one region. */
export function secondStsRegion(masterRegion: string): string | undefined {
  return stsRegions[partitionOf(masterRegion)]?.find((region) => region !== masterRegion);
}

/** The same, in the regions in which it is asked, in order. */
export type StsClients = readonly [STSClient, ...STSClient[]];

/** Credentials of a role, from the first client whose region answers. A refusal is an answer, the same everywhere. Throws the errors of STS. */
export async function assumeRole(
  input: AssumeRoleCommandInput,
  [sts, ...others]: StsClients,
): Promise<AwsCredentialIdentity> {
  try {
    const { Credentials } = await sts.send(new AssumeRoleCommand(input));
    const { AccessKeyId, SecretAccessKey, SessionToken } = Credentials ?? {};
    if (AccessKeyId === undefined || SecretAccessKey === undefined || SessionToken === undefined) {
      throw new Error('STS answered without credentials');
    }
    return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  } catch (error) {
    const [next, ...rest] = others;
    if (next === undefined || isRefusal(error)) throw error;
    return assumeRole(input, [next, ...rest]);
  }
}

/** What got no answer has no status, and what failed at AWS has one from 500. */
function isRefusal(error: unknown): boolean {
  const { httpStatusCode = 0 } = (error as { $metadata?: { httpStatusCode?: number } }).$metadata ?? {};
  return httpStatusCode >= 400 && httpStatusCode < 500;
}
