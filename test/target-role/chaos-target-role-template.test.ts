import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { faults } from '#faults/registry.ts';
import { loadConfig } from '#lib/load-config.ts';
import { chaosTargetRoleTemplate } from '#target-role/chaos-target-role-template.ts';
import { aConfig } from '../support/a-config.ts';
import { targetStack, templateOf } from '../support/synth.ts';
import { deployed, type Template } from '../support/template.ts';

const account = '222222222222';
const region = 'eu-west-1';
const yaml: Template = parse(
  readFileSync(new URL('../../target-role/chaos-target-role.yaml', import.meta.url), 'utf8'),
);

describe('the plain template of a target role', () => {
  test('makes the role that the stack of chaos.config.ts makes', async () => {
    const config = await loadConfig();
    expect(deployed(yaml, { account, region })).toEqual(
      deployed(templateOf(targetStack(config, account)), { account, region }),
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
    expect(deployed(template, { account, region, parameters })).toEqual(
      deployed(templateOf(targetStack(config, account)), { account, region }),
    );
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
