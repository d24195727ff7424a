import { describe, expect, test } from 'vitest';
import { faults } from '#faults/registry.ts';
import { chaosTargetRoleTemplate } from '#target-role/chaos-target-role-template.ts';
import { neededParts } from '#target-role/undo-parts.ts';
import { undoTemplate } from '#target-role/undo-templates.ts';
import { aConfig } from '../support/a-config.ts';
import { leftActions, withoutFault } from './left-actions.ts';

describe('a fault that is not enabled', () => {
  test.each([...faults.values()])('leaves no action in any template: $name', ({ name }) => {
    const config = aConfig({ accounts: ['222222222222'], faults: withoutFault(name) });
    const parts = neededParts(config, faults).map((part) => undoTemplate(part, config, faults));
    expect(leftActions(name, [chaosTargetRoleTemplate(config, faults), ...parts])).toEqual([]);
  });
});
