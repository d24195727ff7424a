import { createHash } from 'node:crypto';
import { CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { type FunctionConfiguration, GetFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { type Unzipped, unzipSync } from 'fflate';
import type { MotoAccount } from './moto-account.ts';
import type { Template } from './resolved-template.ts';

/** A function as it stands in moto. */
export interface MotoFunction {
  readonly configuration: FunctionConfiguration;
  /** Its code, fetched back from the bucket that the stack names. */
  readonly files: Unzipped;
}

/** Throws where the bucket's code is not what the function says that it runs. */
export async function findMotoFunction(
  account: MotoAccount,
  region: string,
  where: { readonly stackName: string; readonly functionName: string },
): Promise<MotoFunction> {
  const { Configuration: configuration = {} } = await account
    .client(LambdaClient, region)
    .send(new GetFunctionCommand({ FunctionName: where.functionName }));

  const template = await findMotoTemplate(account, region, where.stackName);
  const resource = Object.values(template.Resources).find(
    ({ Type, Properties }) =>
      Type === 'AWS::Lambda::Function' && Properties.FunctionName === where.functionName,
  );
  if (resource === undefined) throw new Error(`${where.stackName} has no function ${where.functionName}`);
  const { S3Bucket, S3Key } = resource.Properties.Code as {
    readonly S3Bucket: string;
    readonly S3Key: string;
  };
  const { body } = await account.call('s3', region, { method: 'GET', path: `/${S3Bucket}/${S3Key}` });
  const hash = createHash('sha256').update(body).digest('base64');
  if (hash !== configuration.CodeSha256) {
    throw new Error(`${where.functionName} runs ${configuration.CodeSha256}, the bucket has ${hash}`);
  }
  return { configuration, files: unzipSync(body) };
}

export async function findMotoTemplate(
  account: MotoAccount,
  region: string,
  stackName: string,
): Promise<Template> {
  const { TemplateBody = '' } = await account
    .client(CloudFormationClient, region)
    .send(new GetTemplateCommand({ StackName: stackName }));
  return JSON.parse(TemplateBody);
}
