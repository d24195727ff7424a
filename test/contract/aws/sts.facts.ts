import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
  GetCallerIdentityCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import { expect } from 'vitest';
import { type AccountUnderTest, type AwsUnderTest, type Fact, home } from './aws-under-test.ts';

export const title = 'STS';

export function facts(fact: Fact): void {
  fact('an assumed role is somebody in its own account', async (account, aws) => {
    const sts = aws.clients(STSClient, account.scope());
    expect(await sts.send(new GetCallerIdentityCommand())).toMatchObject({
      Account: account.id,
      Arn: `arn:aws:sts::${account.id}:assumed-role/target/contract`,
    });
  });

  fact('AssumeRole answers with credentials, until when, and for whom', async (account, aws) => {
    const { Credentials, AssumedRoleUser } = await assumeRole(account, aws, { DurationSeconds: 900 });
    expect(Credentials).toEqual({
      AccessKeyId: expect.stringMatching(/^ASIA[0-9A-Z]{16}$/),
      SecretAccessKey: expect.stringMatching(/^.{40}$/),
      SessionToken: expect.stringMatching(/./),
      Expiration: expect.any(Date),
    });
    expect(AssumedRoleUser).toEqual({
      Arn: `arn:aws:sts::${account.id}:assumed-role/target/run-1`,
      AssumedRoleId: expect.stringMatching(/^AROA[0-9A-Z]+:run-1$/),
    });
  });

  fact(
    'an inline policy of more than 2,048 characters is refused',
    async (account, aws) => {
      const policyOf = (length: number) => JSON.stringify({ Id: 'x'.repeat(length - '{"Id":""}'.length) });
      await expect(assumeRole(account, aws, { Policy: policyOf(2049) })).rejects.toMatchObject({
        name: 'ValidationError',
      });
      await assumeRole(account, aws, { Policy: policyOf(2048) });
    },
    'takes a little more',
  );

  fact(
    'an inline policy that is not JSON is refused',
    async (account, aws) => {
      await expect(assumeRole(account, aws, { Policy: '{' })).rejects.toMatchObject({
        name: 'MalformedPolicyDocumentException',
      });
    },
    'does not look into it',
  );

  fact(
    'a role that does not exist cannot be assumed',
    async (account, aws) => {
      await expect(
        assumeRole(account, aws, { RoleArn: `arn:aws:iam::${account.id}:role/nobody` }),
      ).rejects.toMatchObject({ name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
    },
    'knows no trust',
  );

  fact(
    'a role is not assumed without its external id',
    async (account, aws) => {
      for (const ExternalId of ['guessed', undefined]) {
        await expect(assumeRole(account, aws, { ExternalId })).rejects.toMatchObject({
          name: 'AccessDenied',
          message: expect.stringContaining(
            `is not authorized to perform: sts:AssumeRole on resource: ${account.roleArn}`,
          ),
        });
      }
    },
    'knows no trust',
  );

  fact(
    'a role is not assumed by another role than the one it trusts',
    async (account, aws) => {
      const sts = aws.clients(STSClient, account.scope());
      await expect(
        sts.send(
          new AssumeRoleCommand({
            RoleArn: account.roleArn,
            RoleSessionName: 'run-1',
            ExternalId: account.externalId,
          }),
        ),
      ).rejects.toMatchObject({ name: 'AccessDenied' });
    },
    'knows no trust',
  );

  fact(
    'a session has a name of 2 to 64 letters, digits and _+=,.@-',
    async (account, aws) => {
      for (const RoleSessionName of ['x', 'a b', 'x'.repeat(65)]) {
        await expect(assumeRole(account, aws, { RoleSessionName })).rejects.toMatchObject({
          name: 'ValidationError',
        });
      }
    },
    'takes any of them but the longest',
  );

  fact(
    'a session of a role assumed by a role lasts an hour at most',
    async (account, aws) => {
      await expect(assumeRole(account, aws, { DurationSeconds: 3601 })).rejects.toMatchObject({
        name: 'ValidationError',
      });
    },
    'lets it last as long as anybody likes',
  );

  fact(
    'credentials that were never given out are refused',
    async (_account, aws) => {
      const credentials = { accessKeyId: 'ASIAMADEUPMADEUPMADE', secretAccessKey: 'x', sessionToken: 'x' };
      await expect(
        aws.clients(EC2Client, { region: home, credentials }).send(new DescribeInstancesCommand()),
      ).rejects.toMatchObject({ name: 'AuthFailure' });
      await expect(
        aws.clients(STSClient, { region: home, credentials }).send(new GetCallerIdentityCommand()),
      ).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
    },
    'does not look at them',
  );
}

function assumeRole(account: AccountUnderTest, aws: AwsUnderTest, input: Partial<AssumeRoleCommandInput>) {
  return aws.clients(STSClient, { region: home }).send(
    new AssumeRoleCommand({
      RoleArn: account.roleArn,
      RoleSessionName: 'run-1',
      ExternalId: account.externalId,
      ...input,
    }),
  );
}
