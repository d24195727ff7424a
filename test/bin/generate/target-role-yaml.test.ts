import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { targetRoleYaml } from '#bin/generate/target-role-yaml.ts';

describe('targetRoleYaml', () => {
  test('says at the top what it is, that it is made, and by what', () => {
    const text = targetRoleYaml({});
    expect(text).toMatch(/^# The role of a target account/);
    expect(text).toContain('Made by "npm run generate"');
    expect(text).toContain('CAPABILITY_NAMED_IAM');
  });

  test('writes joins of texts and references as Fn::Sub', () => {
    const join = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'Id' }, ':root']] };
    expect(parse(targetRoleYaml({ a: [join] }))).toEqual({
      a: [{ 'Fn::Sub': `arn:\${AWS::Partition}:iam::\${Id}:root` }],
    });
  });

  test.each([
    ['a separator', { 'Fn::Join': [',', ['a', 'b']] }],
    ['an attribute', { 'Fn::Join': ['', ['a', { 'Fn::GetAtt': ['Role', 'Arn'] }]] }],
    ['what Fn::Sub would take for a reference', { 'Fn::Join': ['', [`\${a}`, { Ref: 'b' }]] }],
    ['a list that is only known later', { 'Fn::Join': ['', { Ref: 'List' }] }],
  ])('leaves a join with %s as it is', (_name, join) => {
    expect(parse(targetRoleYaml({ join }))).toEqual({ join });
  });
});
