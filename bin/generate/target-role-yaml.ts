import { stringify } from 'yaml';
import type { UndoPart } from '#target-role/undo-parts.ts';

const header = `# The role of a target account. chaos_monkey assumes it to read, and strike, resources that opted in.
# Made by "npm run generate" from chaos.config.ts and faults/. Do not edit.
#
# IAM is global: deploy it once per account, in any region. The defaults of the parameters come from chaos.config.ts; set
# those that differ in an account. It creates a named role, which requires CAPABILITY_NAMED_IAM.
#
# AWS CLI:    aws cloudformation deploy --template-file chaos-target-role.yaml --stack-name ChaosTargetRole \\
#               --capabilities CAPABILITY_NAMED_IAM
# StackSets:  aws cloudformation create-stack-set --stack-set-name ChaosTargetRole --template-body file://chaos-target-role.yaml \\
#               --capabilities CAPABILITY_NAMED_IAM --permission-model SERVICE_MANAGED \\
#               --auto-deployment Enabled=true,RetainStacksOnAccountRemoval=false
#             aws cloudformation create-stack-instances --stack-set-name ChaosTargetRole --regions eu-west-1 \\
#               --deployment-targets OrganizationalUnitIds=ou-abcd-12345678
# Console:    CloudFormation, Create stack, Upload a template file.
# Terraform:  resource "aws_cloudformation_stack" "chaos_target_role" {
#               name          = "ChaosTargetRole"
#               template_body = file("chaos-target-role.yaml")
#               capabilities  = ["CAPABILITY_NAMED_IAM"]
#             }
#
# Use one of these ways per account, in one region: IAM does not allow a second role of that name. In the master account, this
# creates no role and is safe to deploy to an organizational unit that contains the master: if that is a target, its own stack
# has the role.
# More: docs/onboarding.md
`;

/** Converts a CloudFormation template to the text of target-role/chaos-target-role.yaml. */
export function targetRoleYaml(template: object): string {
  return `${header}\n${templateText(template)}`;
}

/** Converts the template of what outlives all else in a target account. */
export function undoYaml({ stackName, file, description, isRegional }: UndoPart, template: object): string {
  const [where, capabilities] = isRegional
    ? ['Deploy it once per account and region.', '']
    : ['IAM is global: deploy it once per account, in any region.', ' --capabilities CAPABILITY_NAMED_IAM'];
  return `# ${description}
# Made by "npm run generate" from chaos.config.ts and faults/. Do not edit.
#
# ${where} Delete neither the stack nor its resources while a fault is active. If the
# stack is deleted all the same, its resources stay.
#
# AWS CLI:    aws cloudformation deploy --template-file ${file} --stack-name ${stackName}${capabilities}
#             aws cloudformation update-termination-protection --enable-termination-protection --stack-name ${stackName}
# StackSets:  as chaos-target-role.yaml, but with RetainStacksOnAccountRemoval=true${isRegional ? ', and with all --regions' : ''}
# More: docs/onboarding.md

${templateText(template)}`;
}

/** CloudFormation reads YAML 1.1, in which a bare 2012-10-17 is a date. */
function templateText(template: object): string {
  return stringify(readable(template), { version: '1.1', lineWidth: 0 });
}

/** People review this file, and `Fn::Sub` reads better than the `Fn::Join` that CDK writes. */
function readable(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(readable);
  if (typeof node !== 'object' || node === null) return node;
  const text = 'Fn::Join' in node ? asSub(node['Fn::Join']) : undefined;
  if (text !== undefined) return { 'Fn::Sub': text };
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, readable(value)]));
}

/** `['', ['arn:', { Ref: 'AWS::Partition' }]]` to `arn:${AWS::Partition}`; undefined if it holds anything else. */
function asSub(join: unknown): string | undefined {
  if (!Array.isArray(join) || join[0] !== '' || !Array.isArray(join[1])) return undefined;
  const parts = join[1].map((part: unknown) => {
    if (typeof part === 'string') return part.includes('${') ? undefined : part;
    const isRef = typeof part === 'object' && part !== null && 'Ref' in part;
    return isRef ? `\${${part.Ref}}` : undefined;
  });
  return parts.includes(undefined) ? undefined : parts.join('');
}
