import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { operationsPage } from '#bin/generate/operations-page.ts';
import type { FaultRegistry } from '#core/model/fault.ts';
import { faults } from '#faults/registry.ts';
import { kinds } from '#targets/registry.ts';

const lasting = [...faults.values()].filter((fault) => fault.lasts);
const pageOf = (registry: FaultRegistry) =>
  operationsPage('<!-- by hand: others -->\n<!-- end -->\n', registry, kinds);
const only = (name: string) => pageOf(new Map([...faults].filter(([key]) => key === name)));

describe('the commands that end faults by hand', () => {
  test('are there for every fault that lasts', () => {
    const page = pageOf(faults);
    for (const { name } of lasting) expect(page).toContain(`\`${name}\``);
    expect(page).not.toContain('ec2-terminate');
  });

  test('name what differs in capitals, and have nothing that was not filled in', () => {
    const page = pageOf(faults);
    expect(page).not.toMatch(/undefined|null|\[object|NaN|%/);
    for (const region of page.match(/--region \S+/g) ?? []) expect(region).toMatch(/^--region REGION$/);
  });

  test('are given for each state that the target was in', () => {
    expect(only('lambda-concurrency')).toContain(
      'aws lambda put-function-concurrency --function-name FUNCTION --reserved-concurrent-executions BEFORE --region REGION\n# or\naws lambda delete-function-concurrency --function-name FUNCTION --region REGION\n',
    );
    expect(only('dynamodb-throttle')).toContain('"ProvisionedThroughput":{"ReadCapacityUnits":READ,');
    expect(only('dynamodb-throttle')).toContain('"OnDemandThroughput":{"MaxReadRequestUnits":READ,');
  });

  test('are shared by faults that are ended in the same way', () => {
    expect(pageOf(faults).match(/Chaos-Undo/g)).toHaveLength(1);
  });

  test('refuse a fault for a kind that there is not', () => {
    const fault = { ...lasting[0], name: 'odd', kind: 'moon', saved: z.object({}) } as never;
    expect(() => pageOf(new Map([['odd', fault]]))).toThrow('no kind of target is named moon');
  });
});
