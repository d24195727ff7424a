import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { AwsCredentialIdentity } from '@smithy/types';
import type { SdkClient, SdkClientClass } from '#core/model/injector.ts';

/** An account in moto, seen by a role of it that may do anything. */
export interface MotoAccount {
  readonly id: string;
  readonly credentials: AwsCredentialIdentity;
  client<Client extends SdkClient>(service: SdkClientClass<Client>, region: string): Client;
  /** A call to a service that this repository has no SDK client for. Moto does not look at signatures. */
  call(service: string, region: string, request: RawRequest): Promise<RawAnswer>;
}
export interface RawRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}
export interface RawAnswer {
  readonly status: number;
  readonly body: Buffer;
}

/** The role of the people in an account. */
export const operatorRoleName = 'operator';

/** Moto keeps accounts apart by the role that was assumed, and lets everybody assume any. */
export async function motoAccount(endpoint: string, id: string): Promise<MotoAccount> {
  const credentials = await assumedInMoto(endpoint, `arn:aws:iam::${id}:role/${operatorRoleName}`);
  return {
    id,
    credentials,
    client: (service, region) => {
      const configuration = { region, endpoint, credentials };
      return new service(configuration);
    },
    call: async (service, region, { method, path = '/', headers = {}, body }) => {
      const scope = `${credentials.accessKeyId}/20260101/${region}/${service}/aws4_request`;
      const answer = await fetch(`${endpoint}${path}`, {
        method,
        headers: {
          authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`,
          ...headers,
        },
        ...(body !== undefined && { body }),
      });
      return { status: answer.status, body: Buffer.from(await answer.arrayBuffer()) };
    },
  };
}

/** Credentials of any role, in any account. */
export async function assumedInMoto(endpoint: string, roleArn: string): Promise<AwsCredentialIdentity> {
  const configuration = {
    region: 'us-east-1',
    endpoint,
    credentials: { accessKeyId: 'nobody', secretAccessKey: 'nothing' },
  };
  const { Credentials } = await new STSClient(configuration).send(
    new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'e2e' }),
  );
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}
