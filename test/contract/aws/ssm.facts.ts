import {
  CreateDocumentCommand,
  DescribeDocumentCommand,
  GetCommandInvocationCommand,
  GetParameterCommand,
  ListTagsForResourceCommand,
  PutParameterCommand,
  type PutParameterCommandInput,
  SendCommandCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { expect } from 'vitest';
import type { DocumentContent } from '#sandbox/ssm/documents.ts';
import { runManagedInstance } from './arrange-instances.ts';
import type { AccountUnderTest, AwsUnderTest, Fact } from './aws-under-test.ts';

const Name = '/chaos/web';

export const title = 'SSM';

export function facts(fact: Fact): void {
  fact('a secret is read only with decryption', async (account, aws) => {
    await put(account, aws, { Type: 'SecureString', Value: 'https://hooks.example.com/1' });
    const get = async (WithDecryption: boolean) =>
      (await client(account, aws).send(new GetParameterCommand({ Name, WithDecryption }))).Parameter;
    expect(await get(true)).toMatchObject({
      Name,
      Type: 'SecureString',
      Value: 'https://hooks.example.com/1',
      ARN: `arn:aws:ssm:eu-west-1:${account.id}:parameter/chaos/web`,
    });
    expect((await get(false))?.Value).not.toBe('https://hooks.example.com/1');
  });

  fact('a parameter that does not exist is not found', async (account, aws) => {
    await expect(
      client(account, aws).send(new GetParameterCommand({ Name: '/nobody' })),
    ).rejects.toMatchObject({ name: 'ParameterNotFound' });
  });

  fact('a parameter is overwritten only if told to, and then has another version', async (account, aws) => {
    expect(await put(account, aws, { Type: 'String', Value: '{}' })).toMatchObject({ Version: 1 });
    await expect(put(account, aws, { Type: 'String', Value: 'other' })).rejects.toMatchObject({
      name: 'ParameterAlreadyExists',
    });
    expect(await put(account, aws, { Value: 'other', Overwrite: true })).toMatchObject({ Version: 2 });
    const { Parameter } = await client(account, aws).send(new GetParameterCommand({ Name }));
    expect(Parameter).toMatchObject({ Value: 'other', Version: 2, Type: 'String' });
  });

  fact('a parameter keeps its tags, which are not given with an overwriting', async (account, aws) => {
    const Tags = [{ Key: 'app', Value: 'web' }];
    await put(account, aws, { Type: 'String', Value: '1', Tags });
    await put(account, aws, { Value: '2', Overwrite: true });
    await expect(put(account, aws, { Value: '3', Overwrite: true, Tags })).rejects.toMatchObject({
      name: 'ValidationException',
    });
    const { TagList } = await client(account, aws).send(
      new ListTagsForResourceCommand({ ResourceType: 'Parameter', ResourceId: Name }),
    );
    expect(TagList).toEqual(Tags);
  });

  fact('a new parameter needs a type', async (account, aws) => {
    await expect(put(account, aws, { Value: '1' })).rejects.toMatchObject({ name: 'ValidationException' });
  });

  fact(
    'a parameter of the standard tier holds 4 KB',
    async (account, aws) => {
      const Type = 'String';
      await expect(put(account, aws, { Type, Value: 'x'.repeat(4097) })).rejects.toMatchObject({
        name: 'ValidationException',
      });
      await put(account, aws, { Type, Value: 'x'.repeat(4096) });
    },
    'takes more',
  );

  fact('a document is described, if there is one', async (account, aws) => {
    const describe = async () =>
      (await client(account, aws).send(new DescribeDocumentCommand({ Name: 'Chaos-CpuBurn' }))).Document;
    await expect(describe()).rejects.toMatchObject({ name: 'InvalidDocument' });
    await createDocument(account);
    expect(await describe()).toMatchObject({
      Name: 'Chaos-CpuBurn',
      DocumentType: 'Command',
      SchemaVersion: '2.2',
      Status: 'Active',
    });
  });

  fact('a command that was sent succeeds on its instance in time', async (account, aws) => {
    await createDocument(account);
    const InstanceId = await runManagedInstance(account);
    const { Command } = await client(account, aws).send(
      new SendCommandCommand({
        DocumentName: 'Chaos-CpuBurn',
        InstanceIds: [InstanceId],
        Parameters: { Percent: ['50'] },
      }),
    );
    await aws.settle();
    const CommandId = Command?.CommandId;
    expect(
      await client(account, aws).send(new GetCommandInvocationCommand({ CommandId, InstanceId })),
    ).toMatchObject({ CommandId, InstanceId, Status: 'Success', StatusDetails: 'Success', ResponseCode: 0 });
  });
}

const content: DocumentContent = {
  schemaVersion: '2.2',
  description: 'A document',
  parameters: { Percent: { type: 'String', allowedPattern: '^[0-9]{1,2}$' } },
  mainSteps: [{ action: 'aws:runShellScript', name: 'run', inputs: { runCommand: ['exit'] } }],
};

function createDocument(account: AccountUnderTest): Promise<void> {
  const name = 'Chaos-CpuBurn';
  return account.arrange({
    sandbox: ({ region }) => {
      region.documents.add({ name, content });
    },
    moto: async (motoClient) => {
      await motoClient(SSMClient).send(
        new CreateDocumentCommand({ Name: name, DocumentType: 'Command', Content: JSON.stringify(content) }),
      );
    },
  });
}

function client(account: AccountUnderTest, aws: AwsUnderTest) {
  return aws.clients(SSMClient, account.scope());
}

function put(account: AccountUnderTest, aws: AwsUnderTest, input: Omit<PutParameterCommandInput, 'Name'>) {
  return client(account, aws).send(new PutParameterCommand({ Name, ...input }));
}
