import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { CfnDocument } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import type { Config } from '#core/config/config.ts';
import { enabledFaults } from '#core/config/enabled-faults.ts';
import type { FaultRegistry } from '#core/model/fault.ts';
import { undoScheduleGroup } from '#core/model/undo-schedules.ts';
import { listOurs } from '#core/permissions/role-policies.ts';
import { documentContent } from '#documents/document-content.ts';
import type { CommandDocument } from '#documents/documents.ts';
import { controlPlaneTags } from './control-plane-tags.ts';
import type { RoleScopeProps } from './role-scope.ts';

/** The group of the schedules that end faults where nobody else does. */
export function addScheduleGroup(scope: Construct): void {
  const group = new CfnScheduleGroup(scope, 'ScheduleGroup', {
    name: undoScheduleGroup,
    tags: controlPlaneTags,
  });
  // With the group, CloudFormation would delete the schedules in it.
  group.applyRemovalPolicy(RemovalPolicy.RETAIN);
}

/** Whether an enabled fault is ended by a schedule. */
export function needsScheduleGroup(config: Pick<Config, 'faults'>, faults: FaultRegistry): boolean {
  return enabledFaults(config, faults).some((fault) => fault.lasts && fault.ends.by === 'schedule');
}

/**
 * What runs on instances. They carry no tag of the control plane: commands are sent by them, which the roles of a target account are
 * denied on whatever has it.
 */
export function addDocuments(scope: Construct, documents: readonly CommandDocument[]): void {
  for (const document of documents) {
    const made = new CfnDocument(scope, document.name.replace('-', ''), {
      name: document.name,
      documentType: 'Command',
      documentFormat: 'JSON',
      targetType: '/AWS::EC2::Instance',
      content: documentContent(document),
      updateMethod: 'NewVersion',
    });
    made.applyRemovalPolicy(RemovalPolicy.RETAIN);
  }
}

/** Those of these documents that an enabled fault runs, or is undone by. */
export function neededDocuments(
  documents: readonly CommandDocument[],
  { config, faults }: Pick<RoleScopeProps, 'faults'> & { readonly config: Pick<Config, 'faults'> },
): readonly CommandDocument[] {
  const ours = listOurs(enabledFaults(config, faults), { partition: 'aws', account: '' });
  return documents.filter(({ name }) => ours.some((arn) => arn.endsWith(`:document/${name}`)));
}
