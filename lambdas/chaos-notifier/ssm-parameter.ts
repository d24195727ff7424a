import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { Clients } from '#aws/clients/clients.ts';
import type { ReadParameter } from '#notify/shared/secrets.ts';

/** Reads SecureStrings from Parameter Store. The function's role can read only these. */
export function ssmParameter(clients: Clients, region: string): ReadParameter {
  return async (name, deadline) => {
    const { Parameter } = await clients(SSMClient, { region, deadline }).send(
      new GetParameterCommand({ Name: name, WithDecryption: true }),
    );
    return Parameter?.Value ?? '';
  };
}
