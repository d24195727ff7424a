import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { CreateScheduleGroupCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { faults } from '#faults/registry.ts';
import { stackName } from '#lib/outputs.ts';
import { neededParts } from '#target-role/undo-parts.ts';
import { undoTemplate } from '#target-role/undo-templates.ts';
import { aConfig } from '../support/a-config.ts';
import { repository } from '../support/child-process.ts';
import type { MotoAccount } from '../support/moto-account.ts';
import type { Template } from '../support/resolved-template.ts';
import { home, masterId, regions } from './accounts-and-regions.ts';
import { e2eConfig, externalId, roleName } from './config.ts';
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
  const stack = { StackName: stackName, TemplateBody: withoutCustomResources(templateBody), Capabilities };
  const client = master.client(CloudFormationClient, home);
  await client.send(isThere ? new UpdateStackCommand(stack) : new CreateStackCommand(stack));
  await assertComplete(client, stackName);
}

/** Moto would run their functions in Docker containers. Tests call them as CloudFormation does. */
function withoutCustomResources(templateBody: string): string {
  const template: Template = JSON.parse(templateBody);
  const kept = Object.entries(template.Resources).filter(([, { Type }]) => !Type.startsWith('Custom::'));
  return JSON.stringify({ ...template, Resources: Object.fromEntries(kept) });
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

/**
 * Deploys what must outlive all other stacks of an account, where faults last. Moto's CloudFormation makes no schedule groups: the
 * one of the template is made by the call.
 */
export async function onboardForUndo(target: MotoAccount): Promise<void> {
  const config = aConfig(e2eConfig('lasting'));
  for (const part of neededParts(config, faults)) {
    const template = undoTemplate(part, config, faults) as Template;
    for (const region of part.isRegional ? regions : [home]) {
      const client = target.client(CloudFormationClient, region);
      const TemplateBody = JSON.stringify(template);
      await client.send(new CreateStackCommand({ StackName: part.stackName, TemplateBody, Capabilities }));
      await assertComplete(client, part.stackName);
      for (const { Type, Properties } of Object.values(template.Resources)) {
        if (Type !== 'AWS::Scheduler::ScheduleGroup') continue;
        const command = new CreateScheduleGroupCommand({ Name: String(Properties.Name) });
        await target.client(SchedulerClient, region).send(command);
      }
    }
  }
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
