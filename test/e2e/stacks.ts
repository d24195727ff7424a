import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { stackName } from '#lib/outputs.ts';
import { repository } from '../support/child-process.ts';
import type { MotoAccount } from '../support/moto-account.ts';
import { home, masterId, regions } from './accounts-and-regions.ts';
import { externalId, roleName } from './config.ts';
import type { Assembly } from './synthesize.ts';

const Capabilities = ['CAPABILITY_NAMED_IAM' as const];
const targetStackName = 'ChaosTargetRole';

/** What `cdk bootstrap` would have left: the bucket for assets, and the version that a stack asks for. */
export async function bootstrap(master: MotoAccount, { assets }: Assembly): Promise<void> {
  for (const bucket of new Set(assets.map((asset) => asset.bucket))) {
    await s3(master, `/${bucket}`, bucketInHome);
  }
  await master
    .client(SSMClient, home)
    .send(new PutParameterCommand({ Name: '/cdk-bootstrap/hnb659fds/version', Value: '30', Type: 'String' }));
}

/** Creates or updates the master's stack. The template is the body: moto cannot read the URL that `cdk deploy` gives it. */
export async function deployMaster(
  master: MotoAccount,
  { templateBody, assets }: Assembly,
  { isThere }: { readonly isThere: boolean },
): Promise<void> {
  for (const { bucket, key, zip } of assets) await s3(master, `/${bucket}/${key}`, zip);
  const stack = { StackName: stackName, TemplateBody: templateBody, Capabilities };
  const client = master.client(CloudFormationClient, home);
  await client.send(isThere ? new UpdateStackCommand(stack) : new CreateStackCommand(stack));
  await assertComplete(client, stackName);
}

/** The outputs of the master's stack, by key. */
export async function masterOutputs(master: MotoAccount): Promise<Readonly<Record<string, string>>> {
  const { Stacks = [] } = await master
    .client(CloudFormationClient, home)
    .send(new DescribeStacksCommand({ StackName: stackName }));
  return Object.fromEntries(
    Stacks.flatMap(({ Outputs = [] }) => Outputs).map(({ OutputKey = '', OutputValue = '' }) => [
      OutputKey,
      OutputValue,
    ]),
  );
}

/** Onboards a target account by the plain template, with the parameters that its owner would give. */
export async function onboard(target: MotoAccount): Promise<void> {
  const client = target.client(CloudFormationClient, home);
  await client.send(
    new CreateStackCommand({
      StackName: targetStackName,
      TemplateBody: await readFile(join(repository, 'target-role/chaos-target-role.yaml'), 'utf8'),
      Parameters: [
        { ParameterKey: 'MasterAccountId', ParameterValue: masterId },
        { ParameterKey: 'ExternalId', ParameterValue: externalId },
        { ParameterKey: 'RoleName', ParameterValue: roleName },
        { ParameterKey: 'Regions', ParameterValue: regions.join(',') },
      ],
      Capabilities,
    }),
  );
  await assertComplete(client, targetStackName);
}

/** Takes a target account out again. */
export async function dismiss(target: MotoAccount): Promise<void> {
  await target
    .client(CloudFormationClient, home)
    .send(new DeleteStackCommand({ StackName: targetStackName }));
}

async function assertComplete(client: CloudFormationClient, name: string): Promise<void> {
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
  const [{ StackStatus, StackStatusReason } = {}] = Stacks;
  if (StackStatus === 'CREATE_COMPLETE' || StackStatus === 'UPDATE_COMPLETE') return;
  throw new Error(`stack ${name} is ${StackStatus}: ${StackStatusReason}`);
}

const bucketInHome = `<CreateBucketConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><LocationConstraint>${home}</LocationConstraint></CreateBucketConfiguration>`;

async function s3(account: MotoAccount, path: string, body: string | Uint8Array<ArrayBuffer>): Promise<void> {
  const answer = await account.call('s3', home, { method: 'PUT', path, body });
  if (answer.status !== 200) throw new Error(`S3 answered ${answer.status} for ${path}: ${answer.body}`);
}
