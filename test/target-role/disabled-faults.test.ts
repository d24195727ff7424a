import { describe, expect, test } from 'vitest';
import { rolePolicy, undoRolePolicy } from '#core/permissions/role-policies.ts';
import { faults } from '#faults/registry.ts';
import { roleScope } from '#target-role/role-scope.ts';
import { aConfig } from '../support/a-config.ts';
import { leftActions, withoutFault } from './left-actions.ts';

function policiesWith(names: string[]) {
  const config = aConfig({ faults: names });
  const scope = roleScope({ config, faults, undoRoleName: 'undo', regions: config.regions });
  return [rolePolicy(scope), undoRolePolicy(scope)];
}

describe('a fault that is not enabled', () => {
  test.each([...faults.values()])('leaves no action in the policies of the roles: $name', ({ name }) => {
    expect(leftActions(name, policiesWith(withoutFault(name)))).toEqual([]);
  });

  test('would be found', () => {
    const left = leftActions('lambda-concurrency', policiesWith([...faults.keys()]));
    expect(left).toContain('lambda:PutFunctionConcurrency');
  });
});
