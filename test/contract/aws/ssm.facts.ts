import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect } from 'vitest';
import type { AccountUnderTest, Fact } from './aws-under-test.ts';

export const title = 'SSM';

export function facts(fact: Fact): void {
  fact('a secret is read only with decryption', async (account, aws) => {
    await putSecureString(account, '/chaos/webhook', 'https://hooks.example.com/1');
    const get = async (WithDecryption: boolean) => {
      const { Parameter } = await aws
        .clients(SSMClient, account.scope())
        .send(new GetParameterCommand({ Name: '/chaos/webhook', WithDecryption }));
      return Parameter;
    };
    expect(await get(true)).toMatchObject({
      Name: '/chaos/webhook',
      Type: 'SecureString',
      Value: 'https://hooks.example.com/1',
      ARN: `arn:aws:ssm:eu-west-1:${account.id}:parameter/chaos/webhook`,
    });
    expect((await get(false))?.Value).not.toBe('https://hooks.example.com/1');
  });

  fact('a parameter that does not exist is not found', async (account, aws) => {
    await expect(
      aws.clients(SSMClient, account.scope()).send(new GetParameterCommand({ Name: '/nobody' })),
    ).rejects.toMatchObject({ name: 'ParameterNotFound' });
  });
}

function putSecureString(account: AccountUnderTest, name: string, value: string): Promise<void> {
  return account.arrange({
    sandbox: ({ region }) => region.parameter({ name, value, type: 'SecureString' }),
    moto: async (client) => {
      await client(SSMClient).send(
        new PutParameterCommand({ Name: name, Value: value, Type: 'SecureString' }),
      );
    },
  });
}
