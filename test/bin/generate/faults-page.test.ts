import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { faultsPage } from '#bin/generate/faults-page.ts';
import type { Fault } from '#core/model/fault.ts';

const fault: Fault = {
  name: 'cpu-burn',
  kind: 'ec2-instance',
  summary: 'Burns a CPU.',
  parameters: z.strictObject({
    mode: z.enum(['soft', 'hard']).default('soft').describe('How hard it burns'),
    minutes: z.int().min(1).max(60).default(5),
    loud: z.boolean().default(false),
    hosts: z.string().default('a|b'),
    limit: z.int().min(1).max(9).nullable().default(null),
  }),
  lasts: false,
  leaves: 'a trace',
  permissions: [{ action: 'ssm:SendCommand', on: 'instance' }],
  inject: async () => 'burning',
};

const template =
  '# Page\n<!-- table of faults -->\n<!-- end -->\n<!-- faults: cpu-burn -->\n<!-- end -->\nThe end.';
const pageOf = (one: Fault) => faultsPage(template, new Map([[one.name, one]]));

describe('faultsPage', () => {
  const page = pageOf(fault);

  test('has a section for each fault, with what it does and the actions it needs', () => {
    expect(page).toContain('### cpu-burn\n\nBurns a CPU.\n');
    expect(page).toContain('- **IAM**: `ssm:SendCommand`');
    expect(page).toContain('- **Ends**: it is done once');
    expect(page).toContain(`- **Leaves**: ${fault.leaves}`);
  });

  test('lists all of them, and leaves the rest as it is, also when it is made again', () => {
    expect(page).toContain('| [`cpu-burn`](#cpu-burn) | ec2-instance | does not last |  |');
    expect(page).toMatch(/^# Page\n[\s\S]*\nThe end\.$/);
    expect(faultsPage(page, new Map([[fault.name, fault]]))).toBe(page);
  });

  test('says what ends a fault that lasts', () => {
    const lasting = { ...fault, lasts: true, ends: { by: 'schedule' } } as never as Fault;
    expect(pageOf(lasting)).toContain('- **Ends**: after `minutes`; if nobody undoes it, a schedule');
    expect(pageOf({ ...lasting, leaves: 'a word '.repeat(40).trim() })).not.toMatch(/^- .{121}/m);
    expect(pageOf(lasting)).toContain('| by a schedule |');
  });

  test('has each parameter with its values, its default and its meaning', () => {
    expect(page).toContain('| `mode` | `"soft"`, `"hard"` | `"soft"` | How hard it burns |');
    expect(page).toContain('| `minutes` | integer, 1 to 60 | `5` |');
    expect(page).toContain('| `loud` | boolean | `false` |');
    expect(page).toContain('| `hosts` | string | `"a\\|b"` |');
    expect(page).toContain('| `limit` | integer, 1 to 9 or null | `null` |');
  });

  test('says what the permissions of a fault allow besides it', () => {
    expect(page).not.toContain('**Wide**');
    const wide = { ...fault, wide: 'any command on the instance' };
    expect(pageOf(wide)).toContain('its permissions also allow any command on the instance');
  });

  test('has no table for a fault without parameters', () => {
    const plain = { ...fault, parameters: z.strictObject({}) };
    expect(pageOf(plain)).not.toContain('| parameter |');
  });
});
