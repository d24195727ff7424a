import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, type Stack } from 'aws-cdk-lib';
import { describe, expect, test } from 'vitest';
import { undoYaml } from '#bin/generate/target-role-yaml.ts';
import type { FaultRegistry } from '#core/model/fault.ts';
import { undoScheduleGroup } from '#core/model/undo-schedules.ts';
import { denyPolicyName } from '#core/permissions/deny-policy.ts';
import { documents } from '#documents/documents.ts';
import { faults } from '#faults/registry.ts';
import { chaosTargetRoleTemplate } from '#target-role/chaos-target-role-template.ts';
import { neededParts, undoParts } from '#target-role/undo-parts.ts';
import { undoStacks } from '#target-role/undo-stacks.ts';
import { undoTemplate } from '#target-role/undo-templates.ts';
import { aConfig } from '../support/a-config.ts';
import { repository } from '../support/child-process.ts';
import { oneShotFaults } from '../support/every-fault-choice.ts';
import { nagFindings } from '../support/nag.ts';
import { resolveTemplate, type Template } from '../support/resolved-template.ts';
import { anApp, templateOf } from '../support/synth.ts';

const account = '222222222222';
const regions = ['eu-west-1', 'us-east-1'];
/** A fault that runs a document, whether or not there is one. */
const withCommand: FaultRegistry = new Map(
  [...faults].map(([name, fault]) => [
    name,
    name === 'lambda-concurrency'
      ? { ...fault, permissions: [...fault.permissions, { action: 'ssm:SendCommand', phases: ['inject'] }] }
      : fault,
  ]),
) as FaultRegistry;
const everything = aConfig({ accounts: [account], regions, faults: [...faults.keys()] });
const oneShot = aConfig({ accounts: [account], regions, faults: [...oneShotFaults.keys()] });

function stacksOf(config = everything, registry = withCommand, app: App = anApp()): readonly Stack[] {
  const [target] = config.accounts;
  if (target === undefined) throw new Error('there is no target');
  return undoStacks(app, { config, faults: registry, target });
}

describe('what outlives the other stacks of a target account', () => {
  const stacks = stacksOf();

  test('is the role once, and the rest in each region', () => {
    expect(stacks.map(({ stackName, region }) => `${stackName} ${region}`)).toEqual([
      'ChaosUndo eu-west-1',
      'ChaosUndoRegional eu-west-1',
      'ChaosUndoRegional us-east-1',
      'ChaosDocuments eu-west-1',
      'ChaosDocuments us-east-1',
      'ChaosDocumentsOfSpace eu-west-1',
      'ChaosDocumentsOfSpace us-east-1',
    ]);
  });

  test.each(undoParts)(
    'is deployed by a command that onboarding names: $stackName',
    ({ stackName, file }) => {
      const page = readFileSync(join(repository, 'docs/onboarding.md'), 'utf8').replaceAll(/\\\n */g, '');
      const deploys = `aws cloudformation deploy --stack-name ${stackName} `;
      const [command] = page.split('\n').filter((line) => line.startsWith(deploys));
      expect(command).toMatch(new RegExp(` --template-file target-role/${file}$`));
    },
  );

  test.each(undoParts)('is as it was reviewed: $stackName', (part) => {
    const isOfDocuments = part.stackName.startsWith('ChaosDocuments');
    const reviewed = isOfDocuments ? everything : aConfig({ faults: ['lambda-concurrency'] });
    const template = undoTemplate(part, reviewed, faults) as Template;
    const { Resources } = template;
    expect(isOfDocuments ? Object.keys(Resources) : template).toMatchSnapshot();
  });

  test.each([
    ['cpu-burn', ['Chaos-Undo', 'Chaos-CpuBurn']],
    ['process-kill', ['Chaos-Undo', 'Chaos-ProcessKill']],
    ['disk-fill', ['Chaos-Undo', 'Chaos-DiskFill']],
    ['lambda-concurrency', []],
  ])('has no other documents than %s needs', (enabled, names) => {
    const made = stacksOf(aConfig({ accounts: [account], faults: [enabled] }), faults)
      .flatMap((stack) => Object.values(templateOf(stack).Resources))
      .filter(({ Type }) => Type === 'AWS::SSM::Document');
    expect(made.map(({ Properties }) => Properties.Name)).toEqual(names);
  });

  test('is kept whatever becomes of the stacks, which nobody deletes by mistake', () => {
    for (const stack of stacks) {
      expect(stack.terminationProtection).toBe(true);
      for (const resource of Object.values(templateOf(stack).Resources)) {
        expect(resource).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
      }
    }
  });

  test('is tagged as our own, but for the documents, which are used, and policies, which CloudFormation cannot tag', () => {
    for (const stack of stacks) {
      for (const { Type, Properties } of Object.values(templateOf(stack).Resources)) {
        const isUntagged = Type === 'AWS::SSM::Document' || Type === 'AWS::IAM::ManagedPolicy';
        const tags = isUntagged ? undefined : [{ Key: 'chaos:control-plane', Value: 'true' }];
        expect([Type, Properties.Tags]).toEqual([Type, tags]);
      }
    }
  });

  test('has the names that the master uses', () => {
    const properties = stacks.flatMap((stack) =>
      Object.values(templateOf(stack).Resources).map(({ Properties }) => Properties),
    );
    const names = properties.map(
      ({ Name, RoleName, ManagedPolicyName }) => Name ?? RoleName ?? ManagedPolicyName,
    );
    expect(new Set(names)).toEqual(
      new Set([
        everything.undoRoleName,
        denyPolicyName,
        undoScheduleGroup,
        ...documents.map(({ name }) => name),
      ]),
    );
  });

  test.each(stacks)('passes cdk-nag: $node.id', (stack) => {
    expect(nagFindings(stack)).toEqual([]);
  });

  test.each(undoParts)('is the same by its plain template: $stackName', (part) => {
    const template = undoTemplate(part, everything, withCommand) as Template;
    const place = { account, region: 'eu-west-1' };
    const stack = stacks.find(({ stackName }) => stackName === part.stackName) as Stack;
    expect(resolveTemplate(template, place)).toEqual(resolveTemplate(templateOf(stack), place));
  });

  test.each(undoParts)('fits the request that creates a stack: $stackName', (part) => {
    const text = undoYaml(part, undoTemplate(part, everything, withCommand));
    // Source: CloudFormation quotas, "Template body size in a request".
    expect(Buffer.byteLength(text)).toBeLessThan(51_200);
    expect(text).not.toMatch(/cdk(?!-\*)|bootstrap/i);
    // The CDK CLI writes it so.
    const json = JSON.stringify(
      templateOf(stacks.find(({ stackName }) => stackName === part.stackName) as Stack),
      null,
      1,
    );
    expect(json.length).toBeLessThan(51_200);
  });

  test('is not there where no enabled fault lasts', () => {
    expect(stacksOf(oneShot)).toEqual([]);
    expect(neededParts(oneShot, faults)).toEqual([]);
    expect(
      readdirSync(new URL('../../target-role', import.meta.url)).filter((name) =>
        /(undo|documents).*yaml/.test(name),
      ),
    ).toEqual([]);
  });
});

test('without any fault that lasts, nothing is said of schedules or of undoing', () => {
  const parts = neededParts(oneShot, faults).map((part) => undoTemplate(part, oneShot, faults));
  const text = JSON.stringify([chaosTargetRoleTemplate(oneShot, faults), ...parts]);
  expect(text).not.toMatch(/schedule|undo|lambda:/i);
});

describe('a permissions boundary', () => {
  const arn = `arn:aws:iam::${account}:policy/limits`;
  const role = undoParts.filter(({ isRegional }) => !isRegional);
  const templates = [
    chaosTargetRoleTemplate(everything, faults) as Template,
    ...role.map((part) => undoTemplate(part, everything, faults) as Template),
  ];

  test.each(templates)('is a parameter of each template with a role', (template) => {
    const boundaryOf = (parameters: Readonly<Record<string, string>>) =>
      Object.values(resolveTemplate(template, { account, region: 'eu-west-1', parameters }))
        .filter(({ Type }) => Type === 'AWS::IAM::Role')
        .map(({ Properties }) => Properties.PermissionsBoundary);
    expect(boundaryOf({ PermissionsBoundary: arn })).toEqual([arn]);
    expect(boundaryOf({})).toEqual([undefined]);
  });

  test('of the stacks is what CDK is told', () => {
    const app = new App({ context: { '@aws-cdk/core:permissionsBoundary': { name: 'limits' } } });
    const [stack] = stacksOf(everything, faults, app);
    const made = Object.values(templateOf(stack as Stack).Resources);
    expect(JSON.stringify(made[0]?.Properties.PermissionsBoundary)).toContain(':policy/limits');
  });
});
