import { expect, test } from 'vitest';
import { planText } from '#cli/render/plan.ts';
import { aDay, aPlan, aPlanned } from '../../support/a-plan.ts';

const plain = (_styles: unknown, text: string) => text;

test('planText marks what has passed by now, and gives commands the flags of the place', () => {
  const leftOut = [{ code: 'vetoed', groups: 5, strikes: 2, examples: ['a'] }];
  const days = [aDay({ strikes: [aPlanned({ due: undefined })], omitted: 2 })];
  const plan = aPlan({ mode: 'leashed', madeAt: '2026-11-23T13:00:01Z', days, leftOut });
  const text = planText(plan, plain, ' --region eu-west-1');
  expect(text).toMatch(/^ LEASHED {2}Chaos monkey: 3 strikes are drawn for Mon 2026-11-23\n/);
  expect(text).toContain('  222222222222/eu-west-1/asg/web  14:00 (passed) ec2-terminate on ');
  // There are no more in --json either.
  expect(text).toContain('    a\n    and 4 more\n');
  expect(text.match(/\.\/chaos \w+/g)).toHaveLength(4);
  expect(text.match(/\.\/chaos .* --region eu-west-1$/gm)).toHaveLength(4);
});
