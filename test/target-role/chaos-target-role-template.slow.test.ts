import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { faults } from '#faults/registry.ts';
import { chaosTargetRoleTemplate } from '#target-role/chaos-target-role-template.ts';
import { aConfig } from '../support/a-config.ts';
import { resolveTemplate, type Template } from '../support/resolved-template.ts';
import { masterStack, targetStack, templateOf } from '../support/synth.ts';

const account = '222222222222';
const region = 'eu-west-1';

const yaml: Template = parse(
  readFileSync(new URL('../../target-role/chaos-target-role.yaml', import.meta.url), 'utf8'),
);

describe('the plain template of a target role', () => {
  test("makes the role that an account's own stack makes", () => {
    const config = aConfig({ accounts: ['111111111111', account] });
    const template = chaosTargetRoleTemplate(config, faults) as Template;
    expect(resolveTemplate(template, { account, region })).toEqual(
      resolveTemplate(templateOf(targetStack(config, account)), { account, region }),
    );
  });

  test('makes the role of an account that differs, by its parameters', () => {
    const config = aConfig({
      organization: 'o-bbbbbbbbbb',
      accounts: [
        { id: account, regions: ['us-east-1', 'eu-north-1'], roleName: 'other', externalId: 'else' },
      ],
    });
    const template = chaosTargetRoleTemplate(aConfig({ organization: 'o-aaaaaaaaaa' }), faults) as Template;
    const parameters = {
      RoleName: 'other',
      ExternalId: 'else',
      Regions: 'us-east-1,eu-north-1',
      OrganizationId: 'o-bbbbbbbbbb',
    };
    expect(resolveTemplate(template, { account, region, parameters })).toEqual(
      resolveTemplate(templateOf(targetStack(config, account)), { account, region }),
    );
  });

  describe.each([
    ['is a target', ['111111111111', account]],
    ['is none', [account]],
  ])('in the account of a master that %s', (_, accounts) => {
    const config = aConfig({ accounts });
    const master = config.master.account;
    const rolesOf = (template: Template) =>
      Object.values(resolveTemplate(template, { account: master, region })).flatMap(({ Type, Properties }) =>
        Type === 'AWS::IAM::Role' && Properties.RoleName !== undefined ? [Properties.RoleName] : [],
      );
    const template = chaosTargetRoleTemplate(config, faults) as Template;

    test("makes no role, so that it collides with nothing of the master's stack, whichever comes first", () => {
      expect(rolesOf(template)).toEqual([]);
      const both = [...rolesOf(templateOf(masterStack(config))), ...rolesOf(template)];
      expect(both.toSorted()).toEqual([...new Set(both)].toSorted());
      expect(both.includes(config.roleName)).toBe(accounts.includes(master));
    });

    test('makes something all the same: CloudFormation takes no stack without a resource', () => {
      const made = Object.values(resolveTemplate(template, { account: master, region }));
      expect(made).toEqual([{ Type: 'AWS::CloudFormation::WaitConditionHandle', Properties: {} }]);
      expect(Object.keys(resolveTemplate(template, { account, region }))).toEqual(['ChaosTargetRole']);
    });
  });

  test('asks nothing of CDK: no metadata, no bootstrap rule', () => {
    expect(Object.keys(yaml).sort()).toEqual(['Conditions', 'Description', 'Parameters', 'Resources']);
    expect(JSON.stringify(yaml)).not.toMatch(/cdk|bootstrap/i);
  });

  test('quotes what YAML 1.1 would read as a date, a number or a truth', () => {
    const text = readFileSync(new URL('../../target-role/chaos-target-role.yaml', import.meta.url), 'utf8');
    expect(text).not.toMatch(/: (\d{4}-\d{2}-\d{2}|\d{12}|true|yes|on)$/m);
    expect(text).toContain('Version: "2012-10-17"');
  });
});
