import { expect, test } from 'vitest';
import { afterCommand } from '#cli/shared/leading-options.ts';

test.each([
  [
    ['--profile', 'ops', '--region=eu-west-1', 'stop', 'now'],
    ['stop', '--profile', 'ops', '--region=eu-west-1', 'now'],
  ],
  [
    ['stop', '--profile', 'ops'],
    ['stop', '--profile', 'ops'],
  ],
  [['--help'], ['--help']],
  [
    ['--json', 'status'],
    ['--json', 'status'],
  ],
  [
    ['--profile', 'ops'],
    ['--profile', 'ops'],
  ],
  [['--profile'], ['--profile']],
  [[], []],
])('options before the command are the same as after it: %j', (args, expected) => {
  expect(afterCommand(args)).toEqual(expected);
});
